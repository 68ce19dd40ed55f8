import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { reason } from '../lib/reasons.ts';
import { destructuredForm } from './destructured.ts';
import type { FileRewrite } from './file-rewrite.ts';
import type { Form, SpecifierSite } from './form.ts';
import { testCall } from './mock-factory.ts';
import { mockForm, nodeMockForm } from './mock-form.ts';
import { followModule } from './module-flow.ts';
import { flowForm } from './module-object.ts';
import { followPromise } from './promise-flow.ts';

/** `require('…')`, `import('…')`, `vi.mock('…')` and other calls with the specifier as their first argument. */
export function calledForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode): Form {
  const callee = call.callee as SyntaxNode;
  const group = `module:${call.start}`;
  if (callee.type === 'Identifier' && callee.name === 'require')
    return oneValueForm(rewrite, site, call, group) ?? valueForm(rewrite, site, call, group);
  if (callee.type === 'Import') {
    const { parent } = rewrite.file.index.parentPastWrappers(call);
    return parent && testCall(parent) === 'mock' && (parent.arguments as readonly SyntaxNode[])[0] === call
      ? mockForm(rewrite, site, parent, group)
      : promiseForm(rewrite, site, call, group);
  }
  switch (testCall(call)) {
    case 'mock':
      return mockForm(rewrite, site, call, group);
    case 'node-mock':
      return nodeMockForm(rewrite, site, call, group);
    case 'loads': {
      const isPromise = /^import/.test((callee.property as SyntaxNode).name as string);
      return (isPromise ? promiseForm : valueForm)(rewrite, site, call, group);
    }
    default:
      return unsupported(site, `a specifier in '${rewrite.file.text.slice(callee.start, callee.end)}(…)'`, group);
  }
}

/** A form that is known but moves only with its whole module. */
export function unsupported({ usage, destinations }: SpecifierSite, what: string, group: string): Form {
  const obstacle = reason('form-not-supported', `${what}: not rewritten when single exports move`);
  return { usage, destinations, entries: [], whole: true, obstacle, group, apply: () => {} };
}

/**
 * `require('…')` of a module that is one value (`module.exports = Old`), where the canonical module has that value under a
 * name: `require('…').Router`. `undefined` for all others.
 */
function oneValueForm(rewrite: FileRewrite, site: SpecifierSite, call: SyntaxNode, group: string): Form | undefined {
  const { usage, destinations } = site;
  const to = destinations.of('default')?.to;
  const there = to && rewrite.modules?.exportNames(to.module);
  if (!there?.has(to!.name) || destinations.of('default')!.called.length > 0) return undefined;
  const here = rewrite.modules?.exportNames(destinations.module);
  if (!here?.has('export=') || here.size > 1) return undefined;
  return {
    usage,
    destinations,
    entries: [],
    whole: true,
    carries: to!.module,
    group,
    apply() {
      rewrite.setSpecifier(site, to!.module, [usage.id], group);
      rewrite.editor.edit({ start: call.end, end: call.end }, `.${to!.name}`, [], group);
    },
  };
}

/** An expression that is the module: destructured, kept in a variable, or asked for a member at once. */
function valueForm(rewrite: FileRewrite, site: SpecifierSite, value: SyntaxNode, group: string): Form {
  const { parent, child } = rewrite.file.index.parentPastWrappers(value);
  if (parent?.type === 'VariableDeclarator' && parent.init === child) {
    const id = parent.id as SyntaxNode;
    if (id.type === 'ObjectPattern') {
      const scope = rewrite.scopeOf(parent);
      return destructuredForm(rewrite, site, { pattern: id, declarator: parent, scope }, group);
    }
  }
  if (parent?.type === 'ExpressionStatement') {
    const obstacle = reason('side-effect', 'loaded for its side effect; the exports of the module go to other places');
    return { ...unsupported(site, '', group), obstacle };
  }
  return flowForm(rewrite, site, followModule({ rewrite, site }, value), heldGroup(rewrite, child, group));
}

/** A promise of the module; one that is awaited or taken apart by `.then` at once reads as the module does. */
function promiseForm(rewrite: FileRewrite, site: SpecifierSite, promise: SyntaxNode, group: string): Form {
  const { parent, child } = rewrite.file.index.parentPastWrappers(promise);
  if (parent?.type === 'AwaitExpression') return valueForm(rewrite, site, parent, group);
  const call = parent && rewrite.file.index.parent(parent);
  if (parent?.type === 'MemberExpression' && parent.object === child && call?.type === 'CallExpression') {
    const [callback] = call.arguments as readonly SyntaxNode[];
    const [parameter] = (callback?.params ?? []) as readonly SyntaxNode[];
    if ((parent.property as SyntaxNode).name === 'then' && callback && parameter?.type === 'ObjectPattern')
      return destructuredForm(rewrite, site, { pattern: parameter, scope: callback }, group);
  }
  return flowForm(rewrite, site, followPromise({ rewrite, site }, promise), group);
}

/** One group for all that is assigned to the same variable: its uses are renamed for all of them or for none. */
function heldGroup({ file }: FileRewrite, value: SyntaxNode, group: string): string {
  const { parent, child } = file.index.parentPastWrappers(value);
  if (parent?.type !== 'AssignmentExpression' || parent.right !== child) return group;
  const left = parent.left as SyntaxNode;
  const [binding] = left.type === 'Identifier' ? file.index.bindings(left.name as string) : [];
  return binding ? `module:${binding.start}` : group;
}
