import Clock from '../util/old-clock.js?worker';

export const paths = [
  require.resolve('../util/old-clock.js'),
  import.meta.resolve(`../util/old-clock.js`),
  new URL('../util/old-clock.js', import.meta.url),
  new Worker(new URL("../util/old-clock.js", import.meta.url), { type: 'module' }),
  Clock,
];
