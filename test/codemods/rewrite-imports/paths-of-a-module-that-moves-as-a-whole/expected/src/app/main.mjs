import Clock from '../time/clock.js?worker';

export const paths = [
  require.resolve('../time/clock.js'),
  import.meta.resolve(`../time/clock.js`),
  new URL('../time/clock.js', import.meta.url),
  new Worker(new URL("../time/clock.js", import.meta.url), { type: 'module' }),
  Clock,
];
