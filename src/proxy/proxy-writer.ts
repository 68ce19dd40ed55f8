import { quoted } from '../base/quoted.ts';
import type { Carriers } from './carriers.ts';
import { JsDocTypes, type JsDocTypesOptions } from './jsdoc-types.ts';
import { inComment } from './proxy-header.ts';
import type { ClassEntry, Notice } from './proxy-module.ts';
import type { TypeWriter } from './type-writer.ts';
import { warningCode } from './warning-code.ts';

/** What is written so far of one proxy: its imports, its notices, its statements. */
export class ProxyWriter {
  readonly statements: string[] = [];
  readonly language: 'ts' | 'esm' | 'cjs';
  readonly types: TypeWriter;
  readonly jsDocTypes: JsDocTypes;
  /** Classes of which canonical code gives instances, under the type of the canonical class. */
  readonly carriers: Carriers;
  /** Specifiers of modules that the proxy imports for what they do. */
  readonly #loads: readonly string[];
  readonly migration: string;
  #chosen = '';
  readonly #deprecation: string;
  readonly #imports = new Map<string, Map<string, string>>();
  readonly #whole = new Map<string, string>();
  readonly #notices: string[] = [];
  readonly #names: Set<string>;
  readonly #legacy = new Map<string, string>();

  constructor(options: {
    readonly language: 'ts' | 'esm' | 'cjs';
    readonly types: TypeWriter;
    readonly carriers: Carriers;
    /** By the name that the old module had for each. */
    readonly classes: ReadonlyMap<string, ClassEntry>;
    readonly jsDoc: Pick<JsDocTypesOptions, 'home' | 'specifierOf'>;
    readonly loads: readonly string[];
    /** The names that the proxy exports. */
    readonly names: ReadonlySet<string>;
    readonly deprecationSpecifier: string;
    /** The migration's name. */
    readonly migration: string;
  }) {
    this.language = options.language;
    this.types = options.types;
    this.carriers = options.carriers;
    this.jsDocTypes = new JsDocTypes({
      ...options.jsDoc,
      carriers: options.carriers,
      classNamed: (old) => {
        const entry = options.classes.get(old);
        return entry?.form === 'members' ? this.legacyName(entry.local) : entry?.local;
      },
    });
    this.#loads = options.loads;
    this.#names = new Set(options.names);
    this.#deprecation = options.deprecationSpecifier;
    this.migration = options.migration;
  }

  /** The local name of an imported value; asked again, the same. */
  import(specifier: string, imported: string, wanted: string, whole = false): string {
    if (whole && this.language === 'cjs') {
      const known = this.#whole.get(specifier) ?? this.name(wanted);
      this.#whole.set(specifier, known);
      return known;
    }
    const names = this.#imports.get(specifier) ?? new Map<string, string>();
    this.#imports.set(specifier, names);
    for (const [local, of] of names) if (of === imported && (local === wanted || wanted !== imported)) return local;
    const local = this.name(wanted);
    names.set(local, imported);
    return local;
  }

  /** Whether the proxy already has the name. */
  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** The name of the class that declares the old members of a class. */
  legacyName(local: string): string {
    const known = this.#legacy.get(local) ?? this.name(`Legacy${local}`);
    this.#legacy.set(local, known);
    return known;
  }

  /** A name that nothing else in the proxy has. */
  name(wanted: string): string {
    let free = wanted;
    while (this.#names.has(free)) free += '_';
    this.#names.add(free);
    return free;
  }

  /** The statement that counts a use of a deprecated thing. Written out: a call of a function would cost as much again. */
  notice({ id, name, replacement, facts: about }: Notice): string {
    const deprecate = this.import(this.#deprecation, 'deprecate', 'deprecate');
    const local = this.name(`notice${pascal(name)}`);
    const facts = [
      `id: ${quoted(id)}`,
      `name: ${quoted(name)}`,
      `replacement: ${quoted(replacement)}`,
      `code: ${quoted(warningCode(this.migration, id))}`,
      ...Object.entries(about ?? {}).map(([fact, value]) => `${fact}: ${quoted(value)}`),
    ];
    this.#notices.push(`const ${local} = ${deprecate}({\n${facts.map((fact) => `  ${fact},\n`).join('')}});`);
    return `if (++${local}.calls >= ${local}.next) ${local}.look();`;
  }

  /** `installMembers` or `adoptInstances` of the run-time part. */
  runtime(name: string): string {
    return this.#chosen + this.import(this.#deprecation, name, name);
  }

  /** `reachOverrides`, which is a module of its own: most proxies do without. */
  reachOverrides(): string {
    return this.#chosen + this.import(`${this.#deprecation}/overrides`, 'reachOverrides', 'reachOverrides');
  }

  /** What `write` calls of the run-time part is only called where `chosen`, the beginning of an expression, gives nothing. */
  chosenFirst(chosen: string, write: () => void): void {
    this.#chosen = chosen;
    write();
    this.#chosen = '';
  }

  /** The old comment with `@deprecated` added, indented. */
  comment(jsDoc: string, replacement: string, indent: string, tags: readonly string[] = []): string {
    const old = jsDoc
      .replace(/^\/\*\*|\*\/$/g, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
      .filter((line) => !/^@deprecated\b/.test(line));
    while (old[0] === '') old.shift();
    while (old.at(-1) === '') old.pop();
    const lines = [...old.map(inComment), ...tags, `@deprecated Use \`${inComment(replacement)}\`.`];
    if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
    return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
  }

  /** Everything below the header. */
  text(): string {
    const imports = this.language === 'cjs' ? this.#requires() : this.#importStatements();
    const parts = [
      imports,
      this.#notices,
      [...this.types.declarations.values()].filter((text) => text !== ''),
      this.statements,
    ];
    return `${parts
      .filter((part) => part.length > 0)
      .map((part, index) => part.join(index === 0 && part === imports ? '\n' : '\n\n'))
      .join('\n\n')}\n`;
  }

  #importStatements(): string[] {
    const statement = (keyword: string, names: ReadonlyMap<string, string>, specifier: string): string[] => {
      const named = [...names].filter(([, imported]) => imported !== '*');
      const list = named.map(([local, imported]) => (local === imported ? local : `${imported} as ${local}`)).sort();
      return [
        ...[...names].flatMap(([local, imported]) =>
          imported === '*' ? [`${keyword} * as ${local} from ${quoted(specifier)};`] : [],
        ),
        ...(list.length > 0 ? [`${keyword} { ${list.join(', ')} } from ${quoted(specifier)};`] : []),
      ];
    };
    return [
      ...this.#loads.map((specifier) => `import ${quoted(specifier)};`),
      ...bySpecifier(this.#imports).flatMap(([specifier, names]) => statement('import', names, specifier)),
      ...(this.language === 'ts'
        ? bySpecifier(this.types.imports).flatMap(([specifier, names]) => statement('import type', names, specifier))
        : []),
    ];
  }

  #requires(): string[] {
    return [
      ...(this.#loads.length + this.#imports.size + this.#whole.size > 0 ? ["'use strict';"] : []),
      ...this.#loads.map((specifier) => `require(${quoted(specifier)});`),
      ...[...this.#whole].map(([specifier, local]) => `const ${local} = require(${quoted(specifier)});`),
      ...bySpecifier(this.#imports).map(([specifier, names]) => {
        const list = [...names]
          .map(([local, imported]) => (local === imported ? local : `${imported}: ${local}`))
          .sort();
        return `const { ${list.join(', ')} } = require(${quoted(specifier)});`;
      }),
    ];
  }
}

function bySpecifier<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function pascal(name: string): string {
  return name.replace(/(?:^|[^\p{ID_Continue}]|_)+(\p{ID_Continue})/gu, (_, letter: string) => letter.toUpperCase());
}
