import * as quality from '../services/quality-router';

export import Router = quality.QualityRouter;
export const router = new Router(supervisor, hub);
