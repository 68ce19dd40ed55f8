import React, { lazy } from 'react';

export async function load() {
  const [{ OldRouter: First }, second] = await Promise.all([
    import('../legacy/old-router'),
    import(`../legacy/old-router`),
  ]);
  const promise = import('../legacy/old-router');
  const { OldRouter: local } = await promise;
  promise.then((module) => module.OldRouter);
  const later = () => import('../legacy/old-router');
  const { OldRouter } = await later();
  later().then(({ OldRouter: Third }) => new Third(), console.error);
  const whole = await import('../legacy/old-router');
  const { OldRouter: fourth, ['OldRouter']: fifth } = whole;
  let sixth;
  ({ OldRouter: sixth } = await import('../legacy/old-router'));
  Promise.all([fifth, import('../legacy/old-router')]).then(([, { OldRouter: Seventh }]) => new Seventh());
  return [First, second.OldRouter, local, OldRouter, fourth, sixth];
}

export const Page = lazy(() => import('../core/logger').then((module) => ({ default: module.Logger })));
export const Other = React.lazy(() => import('../legacy/default-router'));
export const Third = lazy(async () => ({ default: (await import('../legacy/old-router')).OldRouter }));
