import { create_router } from '../core/create-router';

export const one = create_router('a');
export const two = create_router(
  'b', // name
  10,
);
