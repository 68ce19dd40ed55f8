import { createRouter } from '../router/create-router';

export const one = createRouter({ name: 'a' });
export const two = createRouter(
  {
    name: 'b', // name
    size: 10,
  },
);
