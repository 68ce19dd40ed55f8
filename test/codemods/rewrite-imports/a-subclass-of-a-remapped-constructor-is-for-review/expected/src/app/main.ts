import { QualityRouter } from '../services/quality-router';

export class Mine extends QualityRouter {}
