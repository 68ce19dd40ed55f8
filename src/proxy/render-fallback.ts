import path from 'node:path';
import { quoted } from '../base/quoted.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import { fallbackName } from './legacy-module.ts';
import type { ProxyEntry, ProxyModule, ReExportEntry } from './proxy-module.ts';
import type { ProxyWriter } from './proxy-writer.ts';
import { parameterNames } from './type-parameters.ts';
import { warningCode } from './warning-code.ts';

/** How the header of a proxy says that it can hand out the old implementation. */
export function fallbackNote(module: string, legacy: string): string {
  return `REROUTE_FALLBACK=${fallbackName(module)} at start hands out the old implementation, ${path.posix.basename(legacy)}.`;
}

interface Renderers {
  /** Writes what stands for an export, without exporting it unless its local name is its exported one. */
  declare(entry: ProxyEntry): void;
  exportLocal(entry: Exclude<ProxyEntry, ReExportEntry>): void;
}

/**
 * Writes a proxy that chooses, once when it is loaded, between what it forwards to and the old implementation. The types
 * are the proxy's either way. With the old one nothing is forwarded, and nothing installed on canonical classes.
 *
 * Types, enums and namespaces stay the canonical ones: they are more than a value that could be chosen.
 */
export class FallbackRenderer {
  readonly #proxy: ProxyModule;
  readonly #module: DeprecatedModule;
  readonly #writer: ProxyWriter;
  readonly #flag: string;
  readonly #old: string;

  constructor(proxy: ProxyModule, module: DeprecatedModule, writer: ProxyWriter, specifier: string) {
    this.#proxy = proxy;
    this.#module = module;
    this.#writer = writer;
    const asked = writer.runtime('isFallback');
    this.#flag = writer.name('isRolledBack');
    const call = `${asked}(${quoted(module.path)}, ${quoted(warningCode(writer.migration, module.path))})`;
    writer.statements.push(`const ${this.#flag} = ${call};`);
    if (proxy.language === 'cjs') {
      this.#old = writer.name('old');
      writer.statements.push(`const ${this.#old} = ${this.#flag} ? require(${quoted(specifier)}) : undefined;`);
    } else if (proxy.language === 'ts' && proxy.wholeExport) {
      this.#old = writer.name('old');
      writer.statements.unshift(`import ${this.#old} = require(${quoted(specifier)});`);
    } else this.#old = writer.import(specifier, '*', 'old');
  }

  render(entry: ProxyEntry, renderers: Renderers): void {
    switch (entry.form) {
      case 're-export':
        if (isChosen(entry, this.#proxy, this.#module)) this.#reExport(entry, renderers);
        else renderers.declare(entry);
        return;
      case 'members':
        this.#writer.chosenFirst(this.#chosen(entry.name), () => renderers.declare(entry));
        renderers.exportLocal(entry);
        return;
      case 'type':
      case 'alias':
        renderers.declare(entry);
        if (entry.form === 'alias') renderers.exportLocal(entry);
        return;
      default:
        this.#renamed(entry, renderers);
    }
  }

  /** What stands for the export gets another name, and its own is for the choice. */
  #renamed(
    entry: Exclude<ProxyEntry, ReExportEntry | { form: 'type' | 'alias' | 'members' }>,
    { declare, exportLocal }: Renderers,
  ): void {
    const forwarded = this.#writer.name(`forwarded${capital(entry.local)}`);
    this.#writer.chosenFirst(this.#chosen(entry.name), () => declare({ ...entry, local: forwarded }));
    if (entry.form !== 'value') {
      this.#writer.statements.push(
        `Object.defineProperty(${forwarded}, 'name', { value: ${quoted(entry.local)}, configurable: true });`,
      );
    }
    const replacement = entry.form === 'function' ? entry.notice.replacement : entry.replacement;
    if (entry.form === 'adapter') this.#type(entry, forwarded, entry.typeParameters, entry.scope, replacement);
    this.#choice(entry, forwarded, replacement);
    exportLocal(entry);
  }

  #reExport(entry: ReExportEntry, { exportLocal }: Renderers): void {
    const { name, from, replacement } = entry;
    const local = name === 'default' ? this.#writer.name('chosen') : name;
    const canonical =
      this.#proxy.language === 'cjs'
        ? `require(${quoted(from.specifier)})${from.imported === '*' || from.whole ? '' : `.${from.imported}`}`
        : this.#writer.import(
            from.specifier,
            from.imported,
            `canonical${capital(from.imported === 'default' ? local : from.imported)}`,
          );
    const old = this.#module.surface.exports.get(name)!;
    if (old.kind === 'class') this.#type({ name, local }, canonical, old.typeParameters, old.declaredIn, replacement);
    this.#choice({ name, local }, canonical, replacement);
    if (name !== local || this.#proxy.language === 'cjs') exportLocal({ form: 'alias', name, local });
  }

  #choice(
    { name, local }: { readonly name: string; readonly local: string },
    forwarded: string,
    replacement: string | undefined,
  ): void {
    const type = this.#proxy.language === 'ts' ? `: typeof ${forwarded}` : '';
    const text = `const ${local}${type} = ${this.#chosen(name)}${forwarded};`;
    this.#writer.statements.push(`${this.#comment(replacement)}${this.#keyword(name, local)}${text}`);
  }

  #type(
    { name, local }: { readonly name: string; readonly local: string },
    of: string,
    typeParameters: string,
    scope: string,
    replacement: string | undefined,
  ): void {
    if (this.#proxy.language !== 'ts') return;
    const parameters = this.#writer.types.writeParameters(typeParameters, scope);
    const text = `type ${local}${parameters} = ${of}${parameterNames(typeParameters)};`;
    this.#writer.statements.push(`${this.#comment(replacement)}${this.#keyword(name, local)}${text}`);
  }

  #comment(replacement: string | undefined): string {
    return replacement === undefined ? '' : this.#writer.comment('', replacement, '');
  }

  #keyword(name: string, local: string): string {
    return this.#proxy.language !== 'cjs' && name === local ? 'export ' : '';
  }

  /** The beginning of an expression that gives the old implementation's export, when that was asked for. */
  #chosen(name: string): string {
    const isWhole = this.#proxy.wholeExport && name === 'default';
    const value = isWhole ? this.#old : `${this.#old}.${name}`;
    // Callers see the proxy's type alone.
    const untyped = this.#proxy.language === 'ts' ? `(${value} as never)` : `/** @type {never} */ (${value})`;
    return `${this.#flag} ? ${untyped} : `;
  }
}

/** Whether an export is nothing but a value, or a class, whose type can be written again: then its proxy may choose. */
export function isChosen(
  { name, typeOnly, replacement }: ReExportEntry,
  { language, fallback }: ProxyModule,
  module: DeprecatedModule,
): boolean {
  const old = module.surface.exports.get(name);
  if (fallback === undefined || typeOnly || replacement === undefined || !old) return false;
  if (language !== 'ts' || old.kind === 'class') return true;
  const local = module.scope.exports.get(name) ?? name;
  const isMore = new RegExp(`\\b(?:interface|type|namespace|enum)\\s+${local.replaceAll('$', '\\$')}\\b`);
  return (old.kind === 'function' || old.kind === 'constant') && !isMore.test(module.text);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
