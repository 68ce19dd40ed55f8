export const lazy = () => import('../core/message-router');
export const clock = () => import('../util/old-clock');
