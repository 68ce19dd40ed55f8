import Router from '../legacy/old-router.js?worker';

export const paths = [
  require.resolve('../legacy/old-router.js'),
  import.meta.resolve('../legacy/old-router.js'),
  new Worker(new URL('../legacy/old-router.js', import.meta.url)),
  Router,
];
