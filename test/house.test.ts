import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

/** The floors of the tower, top to bottom. A floor imports from those below it, never from those above. */
const FLOORS = [
  'cli',
  'guard',
  'fleet',
  'report',
  'run',
  'proxy',
  'rewrite',
  'plan',
  'survey',
  'compiler',
  'manifest',
  'base',
];

/** Floors that stand beside each other: neither imports the other, whatever their order above. */
const BESIDE = [
  ['report', 'guard'],
  ['report', 'fleet'],
  ['guard', 'fleet'],
  ['proxy', 'rewrite'],
];

/** Ship to applications on their own: they import neither the tower nor each other, but for what is named here. */
const WINGS = ['router', 'deprecation', 'ratchet'];
const ALLOWED: Readonly<Record<string, RegExp>> = {
  ratchet: /^(src\/(deprecation\/index\.ts$|base\/)|vitest$)/,
};

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The imported file relative to the root, or `undefined` for a package. */
  readonly to: string | undefined;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[cm]?ts$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const statement = /^\s*(?:import|export)\s(?:[^'"`;=()]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  const specifiers = [...text.matchAll(statement)];
  return specifiers.map((match) => {
    const specifier = (match[1] ?? match[2])!;
    const to = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : undefined;
    return { from: file, specifier, to };
  });
}

function floorOf(file: string): string | undefined {
  const [top, floor, rest] = file.split('/');
  return top === 'src' && rest !== undefined ? floor : undefined;
}

const tower = sources('src').flatMap(importsOf);
const show = (found: Import) => `${found.from} imports ${found.specifier}`;

describe('the house', () => {
  test('every folder of src is a floor or a wing that the map in src/README.md names', () => {
    const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const map = readFileSync(path.join(root, 'src/README.md'), 'utf8');
    for (const { name } of folders) {
      expect([...FLOORS, ...WINGS]).toContain(name);
      expect(map).toContain(`${name}/`);
    }
  });

  test('imports point down only', () => {
    const upwards = tower.filter(({ from, to }) => {
      const [above, below] = [floorOf(from), to && floorOf(to)];
      if (!above || !below || above === below || WINGS.includes(above)) return false;
      return (
        FLOORS.indexOf(below) < FLOORS.indexOf(above) ||
        BESIDE.some((pair) => pair.includes(above) && pair.includes(below))
      );
    });
    expect(upwards.map(show)).toEqual([]);
  });

  test('the wings import neither the tower nor each other nor any package, but for what the ratchet has to', () => {
    const out = tower.filter(({ from, to, specifier }) => {
      const wing = floorOf(from);
      if (!wing || !WINGS.includes(wing)) return false;
      if (ALLOWED[wing]?.test(to ?? specifier)) return false;
      return to ? !to.startsWith(`src/${wing}/`) : !specifier.startsWith('node:');
    });
    expect(out.map(show)).toEqual([]);
  });

  test('the tower does not import the wings', () => {
    const inwards = tower.filter(
      ({ from, to }) => !WINGS.includes(floorOf(from) ?? '') && to && WINGS.includes(floorOf(to) ?? ''),
    );
    expect(inwards.map(show)).toEqual([]);
  });

  test.each([
    ['typescript/unstable', /^src\/compiler\//],
    ['ts-morph', /^src\/compiler\/ts-morph\.ts$/],
    ['yargs', /^src\/cli\//],
  ])('only its own place imports %s', (library, place) => {
    const importers = tower.filter(({ specifier }) => specifier === library || specifier.startsWith(`${library}/`));
    expect(importers.length).toBeGreaterThan(0);
    expect(importers.filter(({ from }) => !place.test(from)).map(show)).toEqual([]);
  });

  test('only cli/ prints or sets exit codes', () => {
    const printers = sources('src').filter((file) => {
      const text = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const isTower = floorOf(file) !== undefined && !WINGS.includes(floorOf(file)!);
      return (
        isTower &&
        floorOf(file) !== 'cli' &&
        /\bconsole\.\w+\(|process\.(exit\(|exitCode|std(out|err)\.write)/.test(text)
      );
    });
    expect(printers).toEqual([]);
  });

  test('only run/ writes files of a target', () => {
    const writers = tower.filter(({ from, specifier }) => {
      if (!/^(node:)?fs(\/promises)?$/.test(specifier)) return false;
      const floor = floorOf(from) ?? '';
      // The ratchet and what guards it write to a temporary folder that is named in the environment.
      if (['run', 'cli', 'deprecation', 'ratchet'].includes(floor) || from === 'src/guard/verify.ts') return false;
      const text = readFileSync(path.join(root, from), 'utf8');
      return /\b(writeFile|appendFile|rename|unlink|rm|mkdir|copyFile|truncate|symlink|chmod|writeSync)(Sync)?\(/.test(
        text,
      );
    });
    expect(writers.map(show)).toEqual([]);
  });

  test('proxies import only the canonical package and the deprecation run-time', () => {
    const imports = sources('proxies').flatMap(importsOf);
    expect(imports.length).toBeGreaterThan(0);
    const others = imports.filter(
      ({ specifier }) => !/^reroute\/(?:router|deprecation(?:\/overrides)?)$/.test(specifier),
    );
    expect(others.map(show)).toEqual([]);
  });

  test('codemods import no floor above plan/', () => {
    const imports = sources('codemods').flatMap(importsOf);
    const allowed = /^(codemods\/|src\/(base|manifest|survey|plan)\/)/;
    expect(imports.filter(({ to }) => to && !allowed.test(to)).map(show)).toEqual([]);
  });

  test('no file of src/ or codemods/ is longer than 300 lines', () => {
    const lines = (file: string) => readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length;
    const long = [...sources('src'), ...sources('codemods')].filter((file) => lines(file) > 300);
    expect(long.map((file) => `${file}: ${lines(file)} lines`)).toEqual([]);
  });

  test('no import runs in a circle between files', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of [...tower, ...sources('codemods').flatMap(importsOf)]) {
      if (to) edges.set(from, [...(edges.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const circle = (file: string, trail: readonly string[]): readonly string[] | undefined => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const next of edges.get(file) ?? []) {
        const found = circle(next, [...trail, file]);
        if (found) return found;
      }
      done.add(file);
      return undefined;
    };
    for (const file of edges.keys()) expect(circle(file, [])).toBeUndefined();
  });
});
