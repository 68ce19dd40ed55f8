import path from 'node:path';
import { LineIndex } from '../base/places.ts';
import { childrenOf, isNode, listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import type { Carrier, Carriers } from './carriers.ts';
import { parseModule } from './parse-module.ts';
import type { TargetModules } from './target-modules.ts';

/** A member of a class of the target that overrides a deprecated one. */
export interface Override {
  /** The deprecated class, as its module exports it. */
  readonly of: Carrier;
  readonly member: string;
  /** `src/app.ts:12:3 Traced.register_handler`. */
  readonly shown: string;
}

export interface OverrideSearch {
  readonly root: string;
  /** The target's source files, relative. */
  readonly files: readonly string[];
  readonly readText: (file: string) => string | undefined;
  readonly modules: TargetModules;
  /** Of every deprecated class with mapped members. */
  readonly carriers: Carriers;
  /** The deprecated members that anything may override. */
  readonly members: ReadonlySet<string>;
  /** Deprecated modules, relative: their own classes go. */
  readonly left: ReadonlySet<string>;
}

/** What classes of the target declare anew of deprecated classes, at any depth. Mixins are not followed. */
export function findOverrides(search: OverrideSearch): readonly Override[] {
  return search.members.size === 0 ? [] : new OverrideFinder(search).find();
}

interface DeclaredClass {
  readonly name: string | undefined;
  /** `Base`, or `module.Base`. */
  readonly base: readonly string[];
  readonly members: readonly { readonly name: string; readonly start: number }[];
}

class OverrideFinder {
  readonly #search: OverrideSearch;
  readonly #classes = new Map<string, readonly DeclaredClass[]>();

  constructor(search: OverrideSearch) {
    this.#search = search;
  }

  find(): readonly Override[] {
    const { files, left, readText, members, root } = this.#search;
    const word = new RegExp(`\\b(?:${[...members].map((name) => name.replaceAll('$', '\\$')).join('|')})\\b`);
    return files.flatMap((file) => {
      const text = left.has(file) ? undefined : readText(file);
      if (text === undefined || !text.includes('extends') || !word.test(text)) return [];
      const lines = new LineIndex(text);
      const absolute = path.posix.join(root, file);
      return this.#declared(absolute, text).flatMap((one): Override[] => {
        const own = one.members.filter(({ name }) => members.has(name));
        const of = own.length > 0 ? this.#ancestor(one, absolute, new Set()) : undefined;
        return of
          ? own.map(({ name, start }) => {
              const { line, column } = lines.at(start);
              return { of, member: name, shown: `${file}:${line}:${column} ${one.name ?? 'class'}.${name}` };
            })
          : [];
      });
    });
  }

  /** The deprecated class that a class descends from. */
  #ancestor({ base }: DeclaredClass, file: string, seen: Set<DeclaredClass>): Carrier | undefined {
    const { carriers, modules } = this.#search;
    const [first, member] = base;
    if (first === undefined) return undefined;
    const foreign = modules.scope(file)?.imports.get(first);
    if (member !== undefined) {
      const home = foreign?.imported === '*' ? modules.resolve(foreign.specifier, file) : undefined;
      return home === undefined ? undefined : this.#exported(member, home, seen);
    }
    const found = carriers.find(first, file);
    if (found) return found;
    if (!foreign) return this.#declaredAs(first, file, seen);
    const home = modules.resolve(foreign.specifier, file);
    return home === undefined ? undefined : this.#exported(foreign.imported, home, seen);
  }

  #exported(name: string, file: string, seen: Set<DeclaredClass>, barrels = new Set<string>()): Carrier | undefined {
    const { carriers, modules } = this.#search;
    if (barrels.has(file)) return undefined;
    barrels.add(file);
    const found = carriers.exported(name, file);
    if (found) return found;
    const scope = modules.scope(file);
    const local = scope?.exports.get(name) ?? (scope?.wholeExport ? scope.wholeLocal : undefined);
    if (local !== undefined) return this.#declaredAs(local, file, seen);
    const foreign = scope?.reExports.get(name);
    const places = foreign ? [foreign] : (scope?.stars ?? []).map((specifier) => ({ specifier, imported: name }));
    for (const { specifier, imported } of places) {
      const home = modules.resolve(specifier, file);
      const deeper = home === undefined ? undefined : this.#exported(imported, home, seen, barrels);
      if (deeper) return deeper;
    }
    return undefined;
  }

  #declaredAs(name: string, file: string, seen: Set<DeclaredClass>): Carrier | undefined {
    const found = this.#search.carriers.find(name, file);
    if (found) return found;
    const relative = path.posix.relative(this.#search.root, file);
    const text = relative.startsWith('..') ? undefined : this.#search.readText(relative);
    const one = text === undefined ? undefined : this.#declared(file, text).find((each) => each.name === name);
    if (!one || seen.has(one)) return undefined;
    return this.#ancestor(one, file, seen.add(one));
  }

  #declared(file: string, text: string): readonly DeclaredClass[] {
    const known = this.#classes.get(file) ?? declaredClasses(file, text);
    this.#classes.set(file, known);
    return known;
  }
}

function declaredClasses(file: string, text: string): readonly DeclaredClass[] {
  const found: DeclaredClass[] = [];
  const visit = (node: SyntaxNode, name: string | undefined): void => {
    if (/^Class(?:Declaration|Expression)$/.test(node.type)) {
      const own = nameOf(node.id) ?? name;
      found.push({ name: own, base: dottedName(node.superClass), members: membersOf(node) });
    }
    const given = node.type === 'VariableDeclarator' ? nameOf(node.id) : undefined;
    for (const [, child] of childrenOf(node)) visit(child, given);
  };
  try {
    visit(parseModule(file, text), undefined);
  } catch {
    // The survey tells of files that do not parse.
  }
  return found;
}

function membersOf(node: SyntaxNode): DeclaredClass['members'] {
  const body = isNode(node.body) ? listOf(node.body, 'body') : [];
  return body.flatMap((member) => {
    const name = member && member.computed !== true && member.static !== true ? nameOf(member.key) : undefined;
    return name === undefined ? [] : [{ name, start: (member!.key as SyntaxNode).start }];
  });
}

function dottedName(node: unknown): readonly string[] {
  const name = nameOf(node);
  if (name !== undefined) return [name];
  if (isNode(node) && node.type === 'TSNonNullExpression') return dottedName(node.expression);
  if (!isNode(node) || node.type !== 'MemberExpression' || node.computed === true) return [];
  const [object, property] = [nameOf(node.object), nameOf(node.property)];
  return object !== undefined && property !== undefined ? [object, property] : [];
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined;
}
