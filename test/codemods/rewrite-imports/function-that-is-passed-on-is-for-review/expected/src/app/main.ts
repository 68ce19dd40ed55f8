import { create_router } from '../core/create-router';

export const all = ['a', 'b'].map(create_router);
export { create_router } from '../core/create-router';
