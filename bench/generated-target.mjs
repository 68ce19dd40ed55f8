// Makes a TypeScript project of any size, the same one for the same seed: mostly plain modules, a share of them with
// usages of a legacy router, a share with an unrelated class whose method has the same name.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** mulberry32: small, seeded, good enough for shapes. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Writes the project into `root` and returns how many files have usages and decoys.
 * @param {string} root an empty folder
 * @param {{ files: number, usages: number, decoys: number, seed: number }} shape `usages` and `decoys` are shares, 0 to 1
 */
export function makeTarget(root, shape) {
  const next = random(shape.seed);
  const pick = (n) => Math.floor(next() * n);
  const write = writer(root);
  writeConfigs(write);
  write('src/core/message-router.ts', router('register_handler'));
  write('src/router/message-router.ts', router('addHandler'));
  write('src/queue/message-queue.ts', QUEUE);
  write(
    'reroute.config.ts',
    `import { defineMigration } from 'reroute';

export default defineMigration({
  name: 'bench',
  canonical: {
    'src/router/message-router.ts': {
      MessageRouter: { replaces: ['src/core/message-router.ts#MessageRouter'], members: { register_handler: 'addHandler' } },
      Handler: { replaces: ['src/core/message-router.ts#Handler'] },
    },
  },
});
`,
  );

  const counts = { usages: 0, decoys: 0 };
  const modules = [];
  const plain = shape.files - 3;
  for (let i = 0; i < plain; i++) {
    const folder = `src/area${String(i % 40).padStart(2, '0')}/part${String(Math.floor(i / 40) % 25).padStart(2, '0')}`;
    const file = `${folder}/module${String(i).padStart(5, '0')}.ts`;
    const draw = next();
    const kind = draw < shape.usages ? 'usages' : draw < shape.usages + shape.decoys ? 'decoys' : 'plain';
    if (kind !== 'plain') counts[kind]++;
    // A module graph of many shallow trees: a few imports of modules made shortly before.
    const imports = Array.from({ length: pick(4) }, () => modules[Math.max(0, modules.length - 1 - pick(60))]).filter(
      Boolean,
    );
    write(file, moduleText(i, folder, kind, [...new Set(imports)], pick));
    modules.push({ file, name: `Service${i}` });
  }
  return counts;
}

/**
 * Writes a project in which a module with `importers` importers is to move.
 * @param {string} root an empty folder
 * @param {{ importers: number, seed: number }} shape
 */
export function makeMoveTarget(root, { importers, seed }) {
  const next = random(seed);
  const pick = (n) => Math.floor(next() * n);
  const write = writer(root);
  writeConfigs(write);
  write('src/core/message-router.ts', router('register_handler'));
  write(
    'reroute.config.ts',
    `import { defineMigration } from 'reroute';

export default defineMigration({
  name: 'bench',
  canonical: { 'src/router/message-router.ts': { replaces: ['src/core/message-router.ts'], exports: '*' } },
});
`,
  );
  for (let i = 0; i < importers; i++) {
    const folder = `src/area${String(i % 40).padStart(2, '0')}`;
    write(`${folder}/module${String(i).padStart(5, '0')}.ts`, moduleText(i, folder, 'usages', [], pick));
  }
}

function writer(root) {
  return (file, text) => {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
}

function writeConfigs(write) {
  write('package.json', `${JSON.stringify({ name: 'bench-target', type: 'module', private: true }, null, 2)}\n`);
  const compilerOptions = {
    target: 'es2022',
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    types: [],
  };
  write('tsconfig.json', `${JSON.stringify({ compilerOptions, include: ['src', 'test'] }, null, 2)}\n`);
}

function relative(folder, file) {
  const specifier = path.posix.relative(folder, file).replace(/\.ts$/, '');
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
}

function moduleText(i, folder, kind, imports, pick) {
  const lines = [`// Part ${i} of the target. Everything below is made, not written.`];
  for (const { file, name } of imports) lines.push(`import { ${name} } from '${relative(folder, file)}';`);
  if (kind === 'usages') {
    lines.push(`import { type Handler, MessageRouter } from '${relative(folder, 'src/core/message-router.ts')}';`);
  }
  if (kind === 'decoys')
    lines.push(`import { MessageQueue } from '${relative(folder, 'src/queue/message-queue.ts')}';`);
  lines.push(
    '',
    `export interface Record${i} {`,
    '  readonly id: string;',
    '  readonly values: readonly number[];',
    '}',
    '',
  );
  lines.push(
    `/** Keeps the records of part ${i}. */`,
    `export class Service${i} {`,
    `  readonly #records = new Map<string, Record${i}>();`,
  );
  for (const [n, { name }] of imports.entries()) lines.push(`  readonly part${n} = new ${name}();`);
  if (kind === 'usages') {
    lines.push(
      '  readonly router = new MessageRouter();',
      '',
      '  listen(handler: Handler, fallback?: MessageRouter): void {',
    );
    lines.push('    this.router.register_handler(handler);', '    fallback?.register_handler(handler);', '  }');
  }
  if (kind === 'decoys') {
    lines.push('  readonly queue = new MessageQueue();', '', '  drain(): void {');
    lines.push("    this.queue.register_handler('drain', () => this.#records.clear());", '  }');
  }
  for (let method = 0; method < 4 + pick(8); method++) {
    lines.push(
      '',
      `  /** Adds up what stands under the key, step ${method}. */`,
      `  total${method}(key: string, factor: number = ${pick(90) + 1}): number {`,
      '    const record = this.#records.get(key);',
      '    if (!record) return 0;',
      '    let sum = 0;',
      '    for (const value of record.values) {',
      `      sum += value * factor + ${pick(1000)};`,
      '    }',
      '    return sum;',
      '  }',
    );
  }
  lines.push('', `  put(record: Record${i}): void {`, '    this.#records.set(record.id, record);', '  }', '}', '');
  return lines.join('\n');
}

const router = (method) => `export interface Handler {
  canHandle(type: string): boolean;
  handle(message: unknown): void;
}

export class MessageRouter {
  readonly #handlers: Handler[] = [];

  ${method}(handler: Handler): void {
    this.#handlers.push(handler);
  }

  route(type: string, message: unknown): boolean {
    const handler = this.#handlers.find((candidate) => candidate.canHandle(type));
    handler?.handle(message);
    return handler !== undefined;
  }
}
`;

const QUEUE = `export class MessageQueue {
  readonly #handlers = new Map<string, () => void>();

  register_handler(topic: string, handler: () => void): void {
    this.#handlers.set(topic, handler);
  }

  emit(topic: string): void {
    this.#handlers.get(topic)?.();
  }
}
`;
