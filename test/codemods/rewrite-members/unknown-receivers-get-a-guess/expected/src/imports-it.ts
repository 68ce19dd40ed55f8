import { Router } from './router';
// @ts-expect-error: not installed
import { missing } from 'nowhere';

declare const any: any;
declare const unknown: unknown;
declare const indexed: Record<string, () => void>;
any.register_handler('a');
missing.register_handler('a');
// @ts-expect-error
unknown.get_order();
indexed.get_order!();
const { get_order } = any;
export const router = new Router();
export const names = ['get_order', get_order];
