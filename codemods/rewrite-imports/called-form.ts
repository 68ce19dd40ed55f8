import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { reason } from '../lib/reasons.ts';
import { stringValue } from '../lib/syntax-index.ts';
import { destructuredForm } from './destructured.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { moduleObjectForm } from './module-object.ts';

const MOCKS: ReadonlySet<string> = new Set([
  'mock',
  'doMock',
  'unmock',
  'doUnmock',
  'dontMock',
  'deepUnmock',
  'unstable_mockModule',
]);

/** `require('…')`, `import('…')`, `vi.mock('…')` and other calls with the specifier as their first argument. */
export function calledForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode): Form {
  const callee = call.callee as SyntaxNode;
  const group = `module:${call.start}`;
  if (callee.type === 'Identifier' && callee.name === 'require') return valueForm(rewrite, site, call, group);
  if (callee.type === 'Import') {
    const { parent, child } = rewrite.file.index.parentPastWrappers(call);
    if (parent && isMockCall(parent)) return mockForm(rewrite, site, parent, group);
    if (parent?.type === 'AwaitExpression') return valueForm(rewrite, site, parent, group);
    return (
      thenForm(rewrite, site, parent, child, group) ??
      unsupported(site, 'the promise of the module is passed on', group)
    );
  }
  if (isMockCall(call)) return mockForm(rewrite, site, call, group);
  return unsupported(site, `a specifier in '${rewrite.file.text.slice(callee.start, callee.end)}(…)'`, group);
}

/** A form that is known but moves only with its whole module. */
export function unsupported({ usage, destinations }: SpecifierSite, what: string, group: string): Form {
  const obstacle = reason('form-not-supported', `${what}: not rewritten when single exports move`);
  return { usage, destinations, entries: [], whole: true, obstacle, group, apply: () => {} };
}

/** A module in a variable that is exported: who imports it may take anything from it. */
export function exportedModule(site: SpecifierSite, group: string): Form {
  const obstacle = reason(
    'module-passed-on',
    'the module is exported as an object, so what is taken from it is not known',
  );
  return { ...unsupported(site, '', group), obstacle };
}

/** An expression that is the module: destructured, kept in a variable, or asked for a member at once. */
function valueForm(rewrite: FileRewrite, site: SpecifierSite, value: SyntaxNode, group: string): Form {
  const { parent, child } = rewrite.file.index.parentPastWrappers(value);
  if (parent?.type === 'VariableDeclarator' && parent.init === child) {
    const id = parent.id as SyntaxNode;
    const scope = scopeOf(rewrite, parent);
    if (id.type === 'ObjectPattern')
      return destructuredForm(rewrite, site, { pattern: id, declarator: parent, scope }, group);
    if (id.type === 'Identifier') {
      const statement = rewrite.file.index.parent(parent)!;
      const isExported = rewrite.file.index.parent(statement)?.type === 'ExportNamedDeclaration';
      return isExported ? exportedModule(site, group) : variableForm(rewrite, site, id, scope, group);
    }
  }
  if (parent?.type === 'ExpressionStatement') {
    const obstacle = reason('side-effect', 'loaded for its side effect; the exports of the module go to other places');
    return { ...unsupported(site, '', group), obstacle };
  }
  return moduleObjectForm(rewrite, site, [value], group);
}

/** `import('…').then(({ X }) => …)`, `.then((module) => module.X)`. */
function thenForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  parent: SyntaxNode | undefined,
  child: SyntaxNode,
  group: string,
): Form | undefined {
  if (!parent || !/MemberExpression$/.test(parent.type) || parent.object !== child || parent.computed === true)
    return undefined;
  const call = rewrite.file.index.parent(parent);
  if ((parent.property as SyntaxNode).name !== 'then' || call?.type !== 'CallExpression' || call.callee !== parent)
    return undefined;
  const [callback] = call.arguments as readonly SyntaxNode[];
  if (callback?.type !== 'ArrowFunctionExpression' && callback?.type !== 'FunctionExpression') return undefined;
  const [parameter] = callback.params as readonly SyntaxNode[];
  if (parameter?.type === 'ObjectPattern')
    return destructuredForm(rewrite, site, { pattern: parameter, scope: callback }, group);
  return parameter?.type === 'Identifier' ? variableForm(rewrite, site, parameter, callback, group) : undefined;
}

/** A module in a variable. */
export function variableForm(
  rewrite: FileRewrite,
  site: SpecifierSite,
  id: SyntaxNode,
  scope: SyntaxNode,
  group: string,
): Form {
  const { index } = rewrite.file;
  const inScope = (node: SyntaxNode) => scope.start <= node.start && node.end <= scope.end;
  const name = id.name as string;
  if (index.bindings(name).filter(inScope).length > 1) {
    return {
      ...unsupported(site, '', group),
      obstacle: reason('shadowed', `'${name}' is declared a second time in its scope`),
    };
  }
  return moduleObjectForm(rewrite, site, index.references(name).filter(inScope), group);
}

/** The function, block or program that a declarator belongs to. */
function scopeOf({ file }: FileRewrite, declarator: SyntaxNode): SyntaxNode {
  const isVar = file.index.parent(declarator)?.kind === 'var';
  const ends = isVar
    ? /^Program$|Function|Method$/
    : /^(?:Program|BlockStatement|StaticBlock|SwitchStatement|TSModuleBlock)$/;
  let node = file.index.parent(declarator)!;
  while (!ends.test(node.type)) node = file.index.parent(node)!;
  return node;
}

function isMockCall({ type, callee }: SyntaxNode): boolean {
  if (type !== 'CallExpression') return false;
  const { type: calleeType, object, property } = callee as SyntaxNode;
  return (
    calleeType === 'MemberExpression' &&
    /^(?:vi|vitest|jest)$/.test(String((object as SyntaxNode).name)) &&
    typeof (property as SyntaxNode).name === 'string'
  );
}

/**
 * `vi.mock('…', factory)`. It moves when all that moves from the module keeps its name and goes to one module, and the
 * factory makes nothing else. Otherwise it is for a person, and so are the imports beside it: a mock of one path and an
 * import of another do not meet.
 */
function mockForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode, group: string): Form {
  const { usage, destinations } = site;
  const named = destinations.named();
  const [first] = named;
  const callee = call.callee as SyntaxNode;
  const written = rewrite.file.text.slice(callee.start, callee.end);
  if (!MOCKS.has((callee.property as SyntaxNode).name as string)) return unsupported(site, `'${written}'`, group);
  const keeps = named.every(
    ({ from, to, called }) => from.name === to.name && called.length === 0 && sameModule(to, first!.to),
  );
  const factory = (call.arguments as readonly SyntaxNode[])[1];
  const plain =
    !destinations.rest && keeps && (!factory || makesOnly(factory, new Set(named.map(({ from }) => from.name))));
  const text = `'${written}' stands for names that are renamed, stay, or go to several modules; code that imports the canonical one is no longer mocked by it`;
  return {
    usage,
    destinations,
    entries: named.map((destination) => ({ destination, uses: [], words: [] })),
    whole: true,
    isMock: true,
    ...(plain ? {} : { obstacle: reason('form-not-supported', text) }),
    group,
    apply() {
      rewrite.setSpecifier(site, first!.to.module, [usage.id], group);
    },
  };
}

function sameModule(a: { module: unknown }, b: { module: unknown }): boolean {
  return JSON.stringify(a.module) === JSON.stringify(b.module);
}

function makesOnly(factory: SyntaxNode, names: ReadonlySet<string>): boolean {
  if (factory.type !== 'ArrowFunctionExpression')
    return factory.type === 'ObjectExpression' && !('properties' in factory && hasOther(factory, new Set(['spy'])));
  let body = factory.body as SyntaxNode;
  if (body.type === 'BlockStatement') {
    const [only, ...more] = body.body as readonly SyntaxNode[];
    if (only?.type !== 'ReturnStatement' || more.length > 0 || !only.argument) return false;
    body = only.argument as SyntaxNode;
  }
  while (body.type === 'ParenthesizedExpression') body = body.expression as SyntaxNode;
  return body.type === 'ObjectExpression' && !hasOther(body, new Set([...names, '__esModule']));
}

function hasOther(object: SyntaxNode, names: ReadonlySet<string>): boolean {
  return (object.properties as readonly SyntaxNode[]).some((property) => {
    if (property.type === 'SpreadElement' || property.computed === true) return true;
    const key = property.key as SyntaxNode;
    return !names.has(stringValue(key) ?? (key.name as string));
  });
}
