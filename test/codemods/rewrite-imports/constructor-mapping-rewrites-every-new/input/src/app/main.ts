import { QualityRouter } from '../services/quality-router';

const supervisor = {};
export const one = new QualityRouter(supervisor, makeHub());
export const two = (router: QualityRouter) => router instanceof QualityRouter && new QualityRouter(1, 2,);
