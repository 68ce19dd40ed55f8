import { describe, expect, it } from 'vitest';
import { makeTarget } from './target.ts';

const FILES = {
  'props.js': `class Router { register_handler(h) {} constructor() { this.fallback = () => {}; } }
exports.helper = function helper() {};
module.exports.Router = Router;
exports.Inline = class Inline { register_handler() {} };
`,
  'object.js': `class Queue { register_handler() {} }
function make() { return new Queue(); }
module.exports = { Queue, make, renamed: Queue };
`,
  'class.js': 'module.exports = class Whole { register_handler() {} };\n',
  'use.js': `const { Router, helper, Inline } = require('./props');
const object = require('./object.js');
const { Queue } = require('./object');
const Whole = require('./class');
new Router().register_handler();
new Inline().register_handler();
object.make().register_handler();
new Queue().register_handler();
new object.renamed().register_handler();
new Whole().register_handler();
/** @param {import('./props').Router} r */
function f(r) { r.register_handler(); r.fallback(); }
require('./props').Router.prototype.register_handler;
require.resolve('./object');
const nope = require('nope'); nope.register_handler();
`,
};
const ROUTERS = 'method Router.register_handler in props.js';
const QUEUES = 'method Queue.register_handler in object.js';

describe('CommonJS without a configuration', () => {
  it('tells the classes of members apart', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['use.js']);
    const resolutions = compiler.resolve(target.file('use.js'), target.all('use.js', 'register_handler'));
    expect(resolutions.map((each) => target.tell(each))).toEqual([
      ROUTERS,
      'method Inline.register_handler in props.js',
      QUEUES,
      QUEUES,
      QUEUES,
      'method Whole.register_handler in class.js',
      ROUTERS,
      ROUTERS,
      'unknown: unresolved import "nope"',
    ]);
    expect(compiler.projects).toEqual([{ config: undefined, files: 1, problems: [], refused: [] }]);
  });

  it('resolves what require gives to its declaration, and specifiers to modules', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['use.js']);
    const told = (needle: string, nth = 1) => target.resolve(compiler, 'use.js', needle, nth);
    expect(told('Router')).toBe('class Router in props.js');
    expect(told('Queue')).toBe('class Queue in object.js');
    expect(told('Whole')).toBe('class Whole in class.js');
    expect(told('helper')).toBe('function helper in props.js');
    expect(told('renamed')).toBe('class Queue in object.js');
    expect(told('fallback')).toBe('property Router.fallback in props.js');
    expect(told('./props')).toBe('module props.js');
    expect(told('./object.js')).toBe('module object.js');
    expect(told('./props', 2)).toBe('module props.js');
    expect(told('./props', 3)).toBe('module props.js');
    expect(told('./object', 3)).toBe('module object.js');
    expect(told("nope')")).toBe('unknown: unresolved import "nope"');
  });

  it('gives the exports of each form of module.exports', () => {
    const target = makeTarget(FILES);
    const compiler = target.open(['use.js']);
    const exportsOf = (file: string) =>
      Object.fromEntries(
        [...compiler.exportsOf(target.file(file))].map(([name, [first]]) => [name, target.tellDeclaration(first!)]),
      );
    expect(exportsOf('props.js')).toEqual({
      Router: 'class Router in props.js',
      Inline: 'class Inline in props.js',
      helper: 'function helper in props.js',
    });
    expect(exportsOf('object.js')).toMatchObject({
      Queue: 'class Queue in object.js',
      make: 'function make in object.js',
      renamed: 'class Queue in object.js',
    });
    expect(exportsOf('class.js')['export=']).toBe('class Whole in class.js');
  });

  it('works in a package of type module, beside ES modules', () => {
    const target = makeTarget({
      'package.json': { type: 'module' },
      'old.cjs': 'class Router { register_handler() {} }\nmodule.exports = { Router };\n',
      'use.cjs': "const { Router } = require('./old.cjs');\nnew Router().register_handler();\n",
      'esm.js': 'export class Queue { register_handler() {} }\n',
      'use.js':
        "import { Queue } from './esm.js';\nimport old from './old.cjs';\nnew Queue().register_handler();\nnew old.Router().register_handler();\n",
    });
    const compiler = target.open(['use.cjs', 'use.js']);
    expect(target.resolve(compiler, 'use.cjs', 'register_handler')).toBe('method Router.register_handler in old.cjs');
    expect(target.resolve(compiler, 'use.js', 'register_handler')).toBe('method Queue.register_handler in esm.js');
    expect(target.resolve(compiler, 'use.js', 'register_handler', 2)).toBe('method Router.register_handler in old.cjs');
  });

  it('reads JSX', () => {
    const target = makeTarget({
      'view.jsx': `/** @param {{ register_handler: () => void }} props */
export function View(props) { return <div>register_handler {props.register_handler()}</div>; }
export const page = <View register_handler={() => {}} />;
`,
    });
    const compiler = target.open(['view.jsx']);
    const resolutions = compiler.resolve(target.file('view.jsx'), target.all('view.jsx', 'register_handler'));
    const declared = expect.stringMatching(/^property .*register_handler in view\.jsx$/);
    expect(resolutions.map((each) => target.tell(each)).slice(1)).toEqual(['nothing', declared, declared]);
  });
});

describe('a value that is put in later', () => {
  const files = {
    'router.js': 'export class Router { register_handler(h) {} }\nexport class Queue { register_handler() {} }\n',
    'use.js': `import { Router, Queue } from './router.js';
export function make(kind) {
  let made;
  switch (kind) {
    case 'router':
      made = new Router();
      break;
    default:
      made = new Router();
  }
  made.register_handler(kind);
  const queues = [];
  for (let i = 0; i < 3; i++) queues.push(new Queue());
  queues[0].register_handler();
  return made;
}
`,
  };

  it('is known where it is used', () => {
    const target = makeTarget(files);
    const compiler = target.open(['use.js']);
    expect(target.resolve(compiler, 'use.js', 'register_handler', 1)).toBe(
      'method Router.register_handler in router.js',
    );
    expect(target.resolve(compiler, 'use.js', 'register_handler', 2)).toBe(
      'method Queue.register_handler in router.js',
    );
  });

  it('is not known of a type that JSDoc names and nobody imports, and that type is told', () => {
    const target = makeTarget({
      'use.js': '/** @type {Router<string>} */\nexport const made = globalThis.make();\nmade.register_handler();\n',
    });
    expect(target.resolve(target.open(['use.js']), 'use.js', 'register_handler')).toBe(
      'unknown: no declaration of "Router" is found',
    );
  });

  it('without errors that only a configuration would ask for', () => {
    const target = makeTarget(files);
    const compiler = target.open(['use.js', 'router.js']);
    expect(compiler.diagnostics([target.file('use.js'), target.file('router.js')])).toEqual([]);
  });
});

describe('old-style classes', () => {
  const files = {
    'old.js': `function Old(name) { this.name = name; }
Old.prototype.register_handler = function (h) { return this; };
Old.prototype.close = function () { this.register_handler(); };
function Other() {}
Other.prototype = { register_handler: function () {} };
module.exports = Old;
`,
    'use.js': `const Old = require('./old');
const old = new Old('a');
old.register_handler();
new Old('b').register_handler();
`,
  };

  it('a method on a prototype belongs to its function, which counts as a class', () => {
    const target = makeTarget(files);
    const compiler = target.open(['use.js', 'old.js']);
    const told = 'method Old.register_handler in old.js';
    expect(target.resolve(compiler, 'old.js', 'register_handler')).toBe(told);
    expect(target.resolve(compiler, 'use.js', 'register_handler', 1)).toBe(told);
    expect(target.resolve(compiler, 'use.js', 'register_handler', 2)).toBe(told);
    expect(target.resolve(compiler, 'old.js', 'register_handler', 2)).toBe(told);
  });
});
