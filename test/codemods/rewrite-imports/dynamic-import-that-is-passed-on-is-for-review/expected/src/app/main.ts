export const lazy = () => import('../core/message-router');
export const clock = () => import('../time/clock');
