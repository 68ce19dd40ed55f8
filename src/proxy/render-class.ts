import { quoted } from '../base/quoted.ts';
import type { ClassEntry, ProxyMember } from './proxy-module.ts';
import type { ProxyWriter } from './proxy-writer.ts';
import { type CallText, renderPlainCall, renderTypedCall } from './render-call.ts';
import { parameterNames } from './type-parameters.ts';

/** Writes a class in the members or adapter form. */
export function renderClass(entry: ClassEntry, writer: ProxyWriter): void {
  const { specifier, imported, whole } = entry.canonical;
  const canonical = writer.import(specifier, imported, `Canonical${entry.canonicalName}`, whole);
  const isTyped = writer.language === 'ts';
  const parameters = isTyped ? writer.types.writeParameters(entry.typeParameters, entry.scope) : '';
  const base = isTyped && entry.retyped.length > 0 ? retypedBase(entry, canonical, parameters, writer) : canonical;
  const isAdapter = entry.form === 'adapter';
  const name = isAdapter ? entry.local : writer.legacyName(entry.local);
  const abstract = isTyped && entry.abstract ? 'abstract ' : '';
  const reach = entry.reached.length > 0 ? writer.name(`asBefore${entry.local}`) : undefined;
  const body = [
    ...(entry.construct ? [renderConstructor(entry.construct, entry, writer)] : []),
    ...entry.members.map((member) => {
      const receiver =
        reach !== undefined && !member.isStatic && isReached(entry, member)
          ? `${reach}(this, ${quoted(member.surface.name)})`
          : receiverOf(member, name, canonical, entry);
      return renderMember(member, receiver, entry, writer);
    }),
  ];
  const comment = writer.comment('', entry.replacement, '');
  const heritage = `extends ${base}${isTyped ? entry.typeArguments : ''}`;
  const keyword = isAdapter && writer.language !== 'cjs' && isNamedExport(entry) ? 'export ' : '';
  writer.statements.push(
    `${comment}${keyword}${abstract}class ${name}${parameters} ${heritage} {\n${body.join('\n\n')}\n}`,
  );
  if (reach !== undefined) writer.statements.push(renderReach(reach, entry, isAdapter ? name : canonical, writer));
  if (isAdapter) {
    writer.statements.push(`${writer.runtime('adoptInstances')}(${name}, ${canonical});`);
    return;
  }
  const exported = writer.language !== 'cjs' && isNamedExport(entry) ? 'export ' : '';
  if (isTyped) {
    const names = parameterNames(entry.typeParameters);
    writer.statements.push(`${comment}${exported}type ${entry.local}${parameters} = ${name}${names};`);
  }
  const annotation = isTyped ? `: typeof ${name}` : '';
  const installed = `${writer.runtime('installMembers')}(${canonical}, ${name})`;
  writer.statements.push(`${comment}${exported}const ${entry.local}${annotation} = ${installed};`);
}

function isReached({ reached }: ClassEntry, { surface, isStatic }: ProxyMember): boolean {
  return !isStatic && reached.some(({ deprecated }) => deprecated === surface.name);
}

function renderReach(local: string, { reached }: ClassEntry, owner: string, writer: ProxyWriter): string {
  const members = [...new Set(reached.map(({ member }) => member))].map((member) => {
    const turns = reached.filter((one) => one.member === member);
    return `  ${member}: {\n${turns.map(({ deprecated, turned }) => `    ${deprecated}: ${turned},\n`).join('')}  },\n`;
  });
  return (
    '// Canonical calls reach what subclasses still have under the old names.\n' +
    `const ${local} = ${writer.reachOverrides()}(${owner}, {\n${members.join('')}});`
  );
}

function isNamedExport(entry: ClassEntry): boolean {
  return entry.name === entry.local;
}

/** The canonical class under a type whose members give the class of this proxy where the old one's did. */
function retypedBase(entry: ClassEntry, canonical: string, parameters: string, writer: ProxyWriter): string {
  const name = writer.name(`Retyped${entry.local}`);
  const lines = entry.retyped.flatMap(({ surface, isStatic }) => {
    const modifiers = `${surface.visibility === 'protected' ? 'protected ' : ''}${isStatic ? 'static ' : ''}`;
    if (surface.kind === 'method') {
      return surface.signatures.map(
        (one) => `  ${modifiers}${surface.name}${writer.types.writeSignature(one.text, entry.scope)};`,
      );
    }
    const type = writer.types.write(surface.type, entry.scope);
    return [
      `  ${modifiers}${surface.readonly ? 'readonly ' : ''}${surface.name}${surface.optional ? '?' : ''}: ${type};`,
    ];
  });
  const abstract = entry.abstract ? 'abstract ' : '';
  writer.statements.push(
    `declare ${abstract}class ${name}${parameters} extends ${canonical}${entry.typeArguments} {\n${lines.join('\n')}\n}`,
  );
  return `(${canonical} as unknown as typeof ${name})`;
}

function renderConstructor(
  construct: NonNullable<ClassEntry['construct']>,
  entry: ClassEntry,
  writer: ProxyWriter,
): string {
  const warn = writer.notice(construct.notice);
  const call =
    writer.language === 'ts'
      ? renderTypedCall(construct.forward, construct.signatures, writer.types, {
          receiver: 'super',
          scope: entry.scope,
          carriers: writer.carriers,
          isConstructor: true,
        })
      : renderPlainCall(construct.forward, 'super', false);
  const comment = writer.comment('', construct.notice.replacement, '  ');
  return `${comment}${callable('constructor', '', call, warn, { warnFirst: false })}`;
}

/** What a member's call is passed on to. */
function receiverOf({ isStatic, forward }: ProxyMember, name: string, canonical: string, { form }: ClassEntry): string {
  if (!isStatic) return 'this';
  // What the canonical class makes by `new this()` takes the canonical constructor's arguments.
  if (form === 'adapter') return `(this === ${name}${forward ? ' || !this' : ''} ? ${canonical} : this)`;
  // A static that does without `this` is called without one: `names.map(Router.of)`.
  return forward ? `(this ?? ${canonical})` : 'this';
}

function renderMember(member: ProxyMember, receiver: string, entry: ClassEntry, writer: ProxyWriter): string {
  const { surface, isStatic, forward, notice, replacement } = member;
  const warn = writer.notice(notice);
  const isTyped = writer.language === 'ts';
  const modifiers = `${isTyped && surface.visibility === 'protected' ? 'protected ' : ''}${isStatic ? 'static ' : ''}`;
  if (!forward) {
    const type = isTyped || /@(returns?|type)\b/.test(surface.jsDoc) ? undefined : jsDocTypeOf(member, entry, writer);
    const comment = writer.comment(surface.jsDoc, replacement, '  ', type ? [`@returns {${type}}`] : []);
    return renderAccessor(member, { modifiers, comment, warn, receiver }, entry, writer);
  }
  const call = isTyped
    ? renderTypedCall(forward, surface.signatures, writer.types, {
        receiver: `${receiver}.`,
        scope: entry.scope,
        carriers: writer.carriers,
      })
    : renderPlainCall(forward, `${receiver}.`, true);
  const tags = isTyped
    ? []
    : writer.jsDocTypes.tagsOfCall(surface.signatures, forward.parameters, surface.jsDoc, entry.scope);
  const comment = writer.comment(surface.jsDoc, replacement, '  ', tags);
  return comment + callable(surface.name, modifiers, call, warn, { warnFirst: true });
}

function callable(
  name: string,
  modifiers: string,
  call: CallText,
  warn: string,
  { warnFirst }: { readonly warnFirst: boolean },
): string {
  const body = warnFirst ? [warn, ...call.body] : [...call.body, warn];
  const head = call.overloads.map((overload) => `  ${modifiers}${name}${overload};\n`).join('');
  return `${head}  ${modifiers}${name}${call.head} {\n${body.map((line) => `    ${line}\n`).join('')}  }`;
}

function renderAccessor(
  { surface, renamedTo }: ProxyMember,
  { modifiers, comment, warn, receiver }: Readonly<Record<'modifiers' | 'comment' | 'warn' | 'receiver', string>>,
  entry: ClassEntry,
  writer: ProxyWriter,
): string {
  const isTyped = writer.language === 'ts';
  const type = isTyped
    ? `${writer.types.write(surface.type, entry.scope)}${surface.optional ? ' | undefined' : ''}`
    : '';
  const getter = `${comment}  ${modifiers}get ${surface.name}()${isTyped ? `: ${type}` : ''} {\n    ${warn}\n    return ${receiver}.${renamedTo};\n  }`;
  if (surface.readonly) return getter;
  const value = isTyped ? `value: ${type}` : 'value';
  const written = isTyped ? undefined : jsDocTypeOf({ surface }, entry, writer);
  const tag = written ? `  /** @param {${written}} value */\n` : '';
  return `${getter}\n\n${tag}  ${modifiers}set ${surface.name}(${value}) {\n    ${warn}\n    ${receiver}.${renamedTo} = value;\n  }`;
}

function jsDocTypeOf({ surface }: Pick<ProxyMember, 'surface'>, entry: ClassEntry, writer: ProxyWriter) {
  const written = writer.jsDocTypes.write(surface.type, entry.scope);
  return written && surface.optional ? `${written} | undefined` : written;
}
