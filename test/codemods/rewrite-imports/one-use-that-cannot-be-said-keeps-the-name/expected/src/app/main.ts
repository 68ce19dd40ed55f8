import { QualityRouter, MessageRouter } from '../services/quality-router';

export const one = new QualityRouter(1, 2);
export const two = new QualityRouter(1);
