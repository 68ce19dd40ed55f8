import * as quality from '../services/quality-router';

export const one = new quality.QualityRouter(supervisor, hub);
