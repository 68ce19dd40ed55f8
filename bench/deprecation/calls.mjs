// One contender in a process of its own: nanoseconds per call, the second best of several loops after warming up.
// `node --no-deprecation calls.mjs <contender>`
import { createRequire } from 'node:module';
import { deprecate as utilDeprecate } from 'node:util';
import { deprecate, installMembers } from '../../dist/src/deprecation/index.js';

let total = 0;

class Router {
  #count = 0;
  add(a, b) {
    total = (total + (a ^ b)) | 0;
    return this.#count++;
  }
}
const send = (a, b) => {
  total = (total + (a ^ b)) | 0;
  return total;
};

const about = (name) => ({ id: `src/old.js#${name}`, name, replacement: 'add', code: `REROUTE_BENCH_${name}` });

function members() {
  const notice = deprecate(about('Router.register'));
  class LegacyRouter extends Router {
    register(a, b) {
      if (++notice.calls >= notice.next) notice.look();
      return this.add(a, b);
    }
  }
  return new (installMembers(Router, LegacyRouter))();
}

function forwarded() {
  const notice = deprecate(about('send_it'));
  return function send_it(a, b) {
    if (++notice.calls >= notice.next) notice.look();
    return send(a, b);
  };
}

function depd() {
  const require = createRequire(new URL('../peers/package.json', import.meta.url));
  return require('depd')('bench').function(send, 'use send');
}

function proxied(notice) {
  return new Proxy(new Router(), {
    get(target, key) {
      if (key !== 'register') return Reflect.get(target, key, target);
      return (a, b) => {
        if (++notice.calls >= notice.next) notice.look();
        return target.add(a, b);
      };
    },
  });
}

// Each loop is written out: one that took the callee as a value would measure itself.
const CONTENDERS = {
  'direct method': () => {
    const router = new Router();
    return (n) => {
      for (let i = 0; i < n; i++) router.add(i, n);
    };
  },
  'members proxy': () => {
    const router = members();
    return (n) => {
      for (let i = 0; i < n; i++) router.register(i, n);
    };
  },
  'direct function': () => (n) => {
    for (let i = 0; i < n; i++) send(i, n);
  },
  'function proxy': () => {
    const old = forwarded();
    return (n) => {
      for (let i = 0; i < n; i++) old(i, n);
    };
  },
  're-export': () => {
    const handedOn = send;
    return (n) => {
      for (let i = 0; i < n; i++) handedOn(i, n);
    };
  },
  'util.deprecate': () => {
    const old = utilDeprecate(send, 'use send', 'BENCH');
    return (n) => {
      for (let i = 0; i < n; i++) old(i, n);
    };
  },
  depd: () => {
    const old = depd();
    return (n) => {
      for (let i = 0; i < n; i++) old(i, n);
    };
  },
  'ES Proxy': () => {
    const router = proxied(deprecate(about('Router.proxied')));
    return (n) => {
      for (let i = 0; i < n; i++) router.register(i, n);
    };
  },
};

const name = process.argv[2];
const loop = CONTENDERS[name]();
const calls = name === 'depd' ? 100_000 : name === 'ES Proxy' ? 1_000_000 : 20_000_000;
loop(calls / 4);
loop(calls / 4);
const times = [];
for (let round = 0; round < 7; round++) {
  // Processor time: what else runs on the machine does not count.
  const start = process.cpuUsage();
  loop(calls);
  times.push((process.cpuUsage(start).user * 1000) / calls);
}
console.log(JSON.stringify({ nanoseconds: times.sort((a, b) => a - b)[1], total }));
