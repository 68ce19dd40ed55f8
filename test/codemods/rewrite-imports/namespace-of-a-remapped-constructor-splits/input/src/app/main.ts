import * as quality from '../services/quality-router';

export const router = new quality.QualityRouter(one, quality.wrap(new quality.QualityRouter(two, three)));
