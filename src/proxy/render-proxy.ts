import { quoted } from '../base/quoted.ts';
import { declarationText } from '../compiler/declaration-text.ts';
import type { Migration } from '../manifest/migration.ts';
import type { Carriers } from './carriers.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import type { ForeignName } from './module-scope.ts';
import { proxyHeader, sealProxy } from './proxy-header.ts';
import type { ClassEntry, FunctionEntry, ProxyEntry, ProxyModule, ReExportEntry, ValueEntry } from './proxy-module.ts';
import { ProxyWriter } from './proxy-writer.ts';
import { renderPlainCall, renderTypedCall } from './render-call.ts';
import { renderClass } from './render-class.ts';
import { FallbackRenderer, isChosen } from './render-fallback.ts';
import { type TypeSources, TypeWriter } from './type-writer.ts';

export interface RenderOptions {
  readonly migration: Pick<Migration, 'name' | 'hash'>;
  readonly deprecationSpecifier: string;
  /** How to make the proxy again. */
  readonly command: string;
  readonly types: TypeSources;
  /** Classes of which canonical code gives instances, under the type of the canonical class. */
  readonly carriers: Carriers;
  /** Specifiers of modules that the proxy imports for what they do. */
  readonly loads: readonly string[];
  /** Where each name that a mapping's right side uses comes from, as the proxy writes it. */
  readonly imports: ReadonlyMap<string, ForeignName>;
}

export interface RenderedProxy {
  readonly text: string;
  /** Names of types that the proxy cannot write, each with the reason. */
  readonly unwritable: ReadonlyMap<string, string>;
  /** Names that a mapping's right side imports and that the proxy itself exports. */
  readonly clashes: readonly string[];
}

/** The text of a proxy. */
export function renderProxy(proxy: ProxyModule, module: DeprecatedModule, options: RenderOptions): RenderedProxy {
  const declared = proxy.entries.flatMap((entry) =>
    entry.form === 're-export' || entry.form === 'alias' ? [] : [entry],
  );
  const bound = new Map<string, string>();
  const handed = new Map<string, ForeignName>();
  const classes = new Map<string, ClassEntry>();
  for (const entry of proxy.entries) {
    const old =
      module.scope.exports.get(entry.name) ?? (entry.name === 'default' ? module.scope.wholeLocal : undefined);
    if (old === undefined || entry.form === 'type' || entry.form === 'alias') continue;
    if (entry.form === 're-export' && !isChosen(entry, proxy, module)) handed.set(old, entry.from);
    else if (entry.form === 're-export') bound.set(old, entry.name);
    else bound.set(old, entry.local);
    if (entry.form === 'members' || entry.form === 'adapter') classes.set(old, entry);
  }
  const names = new Set([
    ...declared.map((entry) => (entry.form === 'type' ? entry.declared : entry.local)),
    ...proxy.entries.flatMap((entry) =>
      entry.form === 're-export' && isChosen(entry, proxy, module) ? [entry.name] : [],
    ),
  ]);
  const freeNames = new Set(proxy.entries.flatMap(freeNamesOf));
  const clashes = [...freeNames].filter((name) => names.has(name));
  const declaredTypes = new Set(proxy.entries.flatMap((entry) => (entry.form === 'type' ? [entry.declared] : [])));
  const taken = new Set([...names, ...freeNames]);
  const types = new TypeWriter(module.surface.file, { bound, handed, types: declaredTypes, taken }, options.types);
  const writer = new ProxyWriter({
    language: proxy.language,
    types,
    carriers: options.carriers,
    classes,
    jsDoc: { home: module.surface.file, specifierOf: options.types.specifierOf },
    loads: options.loads,
    names,
    deprecationSpecifier: options.deprecationSpecifier,
    migration: options.migration.name,
  });
  for (const name of [...freeNames].sort()) {
    const from = options.imports.get(name);
    if (from) writer.import(from.specifier, from.imported, name);
  }
  const whole = movedWhole(proxy);
  if (whole) writer.statements.push(whole);
  else {
    const stars = [...(proxy.movedTo === undefined ? [] : [proxy.movedTo]), ...proxy.stars];
    for (const star of stars) writer.statements.push(`export * from ${quoted(star)};`);
    const specifier =
      module.legacy === undefined || proxy.fallback === undefined
        ? undefined
        : options.types.specifierOf(module.legacy);
    const fallback = specifier === undefined ? undefined : new FallbackRenderer(proxy, module, writer, specifier);
    for (const entry of ordered(proxy)) {
      if (!fallback) renderEntry(entry, proxy, writer);
      else {
        const declare = (one: ProxyEntry) => renderDeclaration(one, proxy, writer);
        fallback.render(entry, { declare, exportLocal: (one) => exportLocal(one, proxy, writer) });
      }
    }
  }
  // What the module is as a whole is also its property `default`, for those who import it as compiled code does.
  if (
    proxy.language === 'cjs' &&
    whole === undefined &&
    module.scope.wholeExport &&
    module.scope.exports.has('default')
  )
    writer.statements.push('module.exports.default = module.exports;');
  if (proxy.language === 'ts') exportTypes(proxy, writer);
  const text = proxyHeader(proxy, { migration: options.migration.name, hash: options.migration.hash }, options.command);
  const isDeclaration = /\.d\.[cm]?ts$/.test(proxy.path);
  const body = isDeclaration ? declarationText(proxy.path, writer.text()) : writer.text();
  const eol = module.text.includes('\r\n') ? '\r\n' : '\n';
  return {
    text: sealProxy(text + body).replaceAll('\n', eol),
    unwritable: proxy.language === 'ts' ? types.unwritable : new Map(),
    clashes,
  };
}

/** `module.exports =` first: it would take away what was set before. */
function ordered({ entries, wholeExport }: ProxyModule): readonly ProxyEntry[] {
  return wholeExport
    ? [...entries].sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default'))
    : entries;
}

function freeNamesOf(entry: ProxyEntry): readonly string[] {
  if (entry.form === 'function') return [...entry.forward.freeNames];
  if (entry.form !== 'members' && entry.form !== 'adapter') return [];
  const forwards = [entry.construct?.forward, ...entry.members.map(({ forward }) => forward)];
  return [...forwards, ...entry.reached].flatMap((one) => [...(one?.freeNames ?? [])]);
}

/** A module that is one value moves as one: names of it cannot be handed on singly. */
function movedWhole({ movedTo, language, wholeExport }: ProxyModule): string | undefined {
  if (movedTo === undefined) return undefined;
  if (language === 'cjs') return `module.exports = require(${quoted(movedTo)});`;
  return wholeExport ? `import moved = require(${quoted(movedTo)});\n\nexport = moved;` : undefined;
}

function renderEntry(entry: ProxyEntry, proxy: ProxyModule, writer: ProxyWriter): void {
  renderDeclaration(entry, proxy, writer);
  if (entry.form !== 're-export') exportLocal(entry, proxy, writer);
}

function renderDeclaration(entry: ProxyEntry, proxy: ProxyModule, writer: ProxyWriter): void {
  switch (entry.form) {
    case 're-export':
      renderReExport(entry, proxy, writer);
      return;
    case 'alias':
      return;
    case 'value':
      renderValue(entry, writer);
      return;
    case 'function':
      renderFunction(entry, writer);
      return;
    case 'type':
      writer.types.redeclare(entry.declared, entry.scope);
      return;
    default:
      renderClass(entry, writer);
  }
}

/** The export statement of a name that is declared without one. */
function exportLocal(
  entry: Exclude<ProxyEntry, ReExportEntry>,
  { language, wholeExport }: ProxyModule,
  writer: ProxyWriter,
): void {
  if (entry.form === 'type') return;
  const isWhole = wholeExport && entry.name === 'default';
  if (language === 'cjs') {
    writer.statements.push(`module.exports${isWhole ? '' : `.${entry.name}`} = ${entry.local};`);
  } else if (isWhole) {
    writer.statements.push(`export = ${entry.local};`);
  } else if (entry.name !== entry.local || entry.form === 'alias') {
    const names = entry.name === entry.local ? entry.name : `${entry.local} as ${entry.name}`;
    writer.statements.push(`export { ${names} };`);
  }
}

function typedef({ name, from: { specifier, imported }, replacement }: ReExportEntry): string {
  const tag = replacement === undefined ? '' : `\n * @deprecated Use \`${replacement}\`.`;
  return `/**\n * @typedef {import(${quoted(specifier)}).${imported}} ${name}${tag}\n */`;
}

function renderReExport(
  entry: ReExportEntry,
  { language, wholeExport, movedTo }: ProxyModule,
  writer: ProxyWriter,
): void {
  const { specifier, imported, whole } = entry.from;
  const isWhole = wholeExport && entry.name === 'default';
  if (language !== 'ts' && entry.typeOnly) {
    // What moves with its module comes with the star; elsewhere only JSDoc can hand a type on.
    if (language === 'cjs' || movedTo === undefined) writer.statements.push(typedef(entry));
    return;
  }
  if (language === 'cjs') {
    const value = `require(${quoted(specifier)})${imported === '*' || whole ? '' : `.${imported}`}`;
    const comment = entry.replacement === undefined ? '' : writer.comment('', entry.replacement, '');
    writer.statements.push(`${comment}module.exports${isWhole ? '' : `.${entry.name}`} = ${value};`);
    return;
  }
  if (isWhole) {
    const local = writer.import(specifier, imported, imported === 'default' ? 'Default' : imported);
    writer.statements.push(`export = ${local};`);
    return;
  }
  const tag = entry.replacement === undefined ? '' : `/** @deprecated Use \`${entry.replacement}\`. */ `;
  const keyword = entry.typeOnly ? 'export type' : 'export';
  const names = imported === entry.name ? imported : `${imported} as ${entry.name}`;
  writer.statements.push(
    imported === '*'
      ? `${keyword} * as ${entry.name} from ${quoted(specifier)};`
      : `${keyword} { ${tag}${names} } from ${quoted(specifier)};`,
  );
}

function renderValue(entry: ValueEntry, writer: ProxyWriter): void {
  const { specifier, imported } = entry.canonical;
  const canonical = writer.import(specifier, imported, `canonical${capital(entry.canonicalName)}`);
  const type = writer.types.write(entry.type, entry.scope);
  const keyword = entry.name === entry.local ? 'export ' : '';
  writer.statements.push(
    `${writer.comment('', entry.replacement, '')}${keyword}const ${entry.local}: ${type} = ${canonical} as unknown as ${type};`,
  );
}

function renderFunction(entry: FunctionEntry, writer: ProxyWriter): void {
  const { specifier, imported, whole } = entry.canonical;
  const canonical = writer.import(specifier, imported, `canonical${capital(entry.canonicalName)}`, whole);
  const warn = writer.notice(entry.notice);
  const isTyped = writer.language === 'ts';
  const { carriers } = writer;
  const hasThis = entry.signatures.some(({ thisType }) => thisType !== undefined);
  const receiver = hasThis ? `${canonical}.bind(this)` : canonical;
  const call = isTyped
    ? renderTypedCall(entry.forward, entry.signatures, writer.types, {
        receiver,
        scope: entry.scope,
        carriers,
      })
    : renderPlainCall(entry.forward, receiver, true);
  const keyword = writer.language !== 'cjs' && entry.name === entry.local ? 'export ' : '';
  const tags = isTyped ? [] : writer.jsDocTypes.tagsOfCall(entry.signatures, entry.forward.parameters, '', entry.scope);
  const comment = writer.comment('', entry.notice.replacement, '', tags);
  const overloads = call.overloads
    .map((overload) => `${comment}${keyword}function ${entry.local}${overload};\n`)
    .join('');
  const body = [warn, ...call.body].map((line) => `  ${line}\n`).join('');
  writer.statements.push(
    `${overloads}${overloads === '' ? comment : ''}${keyword}function ${entry.local}${call.head} {\n${body}}`,
  );
}

/** Types of the old module that nothing replaces: they are declared in the proxy, and exported where they were. */
function exportTypes(proxy: ProxyModule, { types }: ProxyWriter): void {
  for (const entry of proxy.entries) {
    if (entry.form !== 'type') continue;
    const local = types.redeclare(entry.declared, entry.scope);
    const text = types.declarations.get(local);
    if (text === undefined) continue;
    const comment = `/** @deprecated It is only here for code that still uses ${proxy.path}. */\n`;
    const exported =
      local === entry.name
        ? text.replace(/^(interface|type)\b/gm, 'export $1')
        : `${text}\nexport type { ${local} as ${entry.name} };`;
    types.declarations.set(local, comment + exported);
  }
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
