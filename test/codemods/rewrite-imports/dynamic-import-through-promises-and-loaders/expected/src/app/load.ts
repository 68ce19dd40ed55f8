import React, { lazy } from 'react';

export async function load() {
  const [{ MessageRouter: First }, second] = await Promise.all([
    import('../router/message-router'),
    import(`../router/message-router`),
  ]);
  const promise = import('../router/message-router');
  const { MessageRouter: local } = await promise;
  promise.then((module) => module.MessageRouter);
  const later = () => import('../router/message-router');
  const { MessageRouter: OldRouter } = await later();
  later().then(({ MessageRouter: Third }) => new Third(), console.error);
  const whole = await import('../router/message-router');
  const { MessageRouter: fourth, ['MessageRouter']: fifth } = whole;
  let sixth;
  ({ MessageRouter: sixth } = await import('../router/message-router'));
  Promise.all([fifth, import('../router/message-router')]).then(([, { MessageRouter: Seventh }]) => new Seventh());
  return [First, second.MessageRouter, local, OldRouter, fourth, sixth];
}

export const Page = lazy(() => import('../router/default-logger').then((module) => ({ default: module.default })));
export const Other = React.lazy(() => import('../router/message-router').then(({ MessageRouter }) => ({ default: MessageRouter })));
export const Third = lazy(async () => ({ default: (await import('../router/message-router')).MessageRouter }));
