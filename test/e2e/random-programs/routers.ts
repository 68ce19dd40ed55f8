import type { MigrationInput } from '../../../src/manifest/define-migration.ts';

/** Every call that reaches the canonical router is recorded, and every argument that `t` evaluates. */
const TRACE = `export const calls: unknown[] = [];
export function t<T>(name: string, value: T): T {
  calls.push(['evaluates', name]);
  return value;
}
`;

const ROUTER = `import { calls } from './trace.ts';

export type Handler = (text: string) => string;

export interface Entry {
  readonly type: string;
  readonly handler: Handler;
  readonly priority?: number | undefined;
}

export class Router {
  readonly #entries: Entry[] = [];
  readonly name: string;
  constructor({ name = 'main', level = 0 }: { name?: string; level?: number } = {}) {
    calls.push(['new', name, level]);
    this.name = name;
  }
  addHandler({ type, handler, priority }: Entry): this {
    calls.push(['addHandler', type, priority]);
    if (type === '') throw new TypeError('a handler needs a type');
    this.#entries.push({ type, handler });
    return this;
  }
  addForAll(handler: Handler, type: string): this {
    calls.push(['addForAll', type]);
    this.#entries.push({ type, handler });
    return this;
  }
  send(text: string, kind: string): string {
    calls.push(['send', text, kind]);
    if (kind === 'none') throw new Error('nobody listens to ' + text);
    return this.#entries.filter(({ type }) => type === kind).reduce((said, { handler }) => handler(said), text);
  }
  note(text: string): number {
    calls.push(['note', text]);
    return text.length;
  }
  getOrder(): string[] {
    calls.push(['getOrder']);
    return this.#entries.map(({ type }) => type);
  }
  async getLater(text: string): Promise<string> {
    calls.push(['getLater', text]);
    if (text === '') throw new RangeError('nothing to say');
    return text + this.name;
  }
}

export function guarded(handler: Handler): Handler {
  calls.push(['guarded']);
  return (text) => '<' + handler(text) + '>';
}

export function makeRouter(options: { name: string; level: number }): Router {
  calls.push(['makeRouter', options.name, options.level]);
  return new Router(options);
}
`;

const OLD_ROUTER = `import { Router, type Handler } from '../router.ts';
export type OldHandler = Handler;
export class OldRouter {
  readonly #router = new Router();
  register_handler(type: string, handler: Handler, priority?: number): this {
    this.#router.addHandler({ type, handler, priority });
    return this;
  }
  on_any(handler: Handler): this {
    this.#router.addForAll(handler, 'any');
    return this;
  }
  on_guarded(handler: Handler): this {
    this.#router.addForAll(handler, 'guarded');
    return this;
  }
  send_text(kind: string, text: string): string {
    return this.#router.send(text, kind);
  }
  log_text(text: string, _loud?: boolean): number {
    return this.#router.note(text);
  }
  get_order(): string[] {
    return this.#router.getOrder();
  }
  get_later(text: string): Promise<string> {
    return this.#router.getLater(text);
  }
}
export function make_router(name: string, level: number): OldRouter {
  void [name, level];
  return new OldRouter();
}
`;

const QUALITY = `import { OldRouter } from './router.ts';
export default class Quality extends OldRouter {
  constructor(name: string, level: number) {
    super();
    void [name, level];
  }
}
`;

export const ROUTERS: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "target", "type": "module", "private": true }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      target: 'es2022',
      module: 'nodenext',
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: true,
      allowJs: true,
      skipLibCheck: true,
      rootDir: '.',
      types: [],
    },
    include: ['src'],
  }),
  'src/trace.ts': TRACE,
  'src/router.ts': ROUTER,
  'src/old/router.ts': OLD_ROUTER,
  'src/old/quality.ts': QUALITY,
  'src/old/index.ts': `export { OldRouter, make_router } from './router.ts';\nexport { default as Quality } from './quality.ts';\n`,
  'src/old/text.ts': `export const shout = (text: string) => text.toUpperCase();\nexport const PUNCTUATION = '!';\n`,
  'src/queue.ts': `import { calls } from './trace.ts';
/** Looks like a router, and is none. */
export class Queue {
  register_handler(type: string, handler: (text: string) => string): void {
    calls.push(['queue', type, handler('q')]);
  }
  get_order(): string[] {
    return ['queue'];
  }
}
`,
};

const MEMBERS = {
  'register_handler(type, handler)': 'addHandler({ type, handler })',
  'register_handler(type, handler, priority)': 'addHandler({ type, handler, priority })',
  'on_any(handler)': "addForAll(handler, 'any')",
  'on_guarded(handler)': "addForAll(guarded(handler), 'guarded')",
  'send_text(kind, text)': 'send(text, kind)',
  'log_text(text, loud?)': 'note(text)',
  get_order: 'getOrder',
  get_later: 'getLater',
};

export const MIGRATION: MigrationInput = {
  name: 'random-programs',
  canonical: {
    'src/router.ts': {
      Router: {
        replaces: [
          'src/old/router.ts#OldRouter',
          {
            export: 'src/old/quality.ts#default',
            members: { 'new(name, level)': 'new({ name, level })' },
          },
        ],
        members: MEMBERS,
        imports: { guarded: 'src/router.ts' },
      },
      Handler: { replaces: ['src/old/router.ts#OldHandler'] },
      makeRouter: {
        replaces: ['src/old/router.ts#make_router'],
        members: { '(name, level)': '({ name, level })' },
      },
    },
    'src/words/text.ts': { exports: '*', replaces: ['src/old/text.ts'] },
  },
  phases: [
    { name: 'consolidate', steps: ['proxies'] },
    { name: 'production', files: ['src/**'], steps: ['imports', 'members'] },
  ],
  gates: ['types'],
};
