import type { ModuleRef } from '../../src/manifest/migration.ts';
import type { SyntaxNode } from '../../src/manifest/syntax-tree.ts';
import { unwrapped } from '../lib/syntax-index.ts';
import type { FileRewrite } from './file-rewrite.ts';
import { factoryResult, isFactoryName, isFactoryOf } from './mock-factory.ts';
import { type Flow, followBinding, followModule, NOTHING, type Walk } from './module-flow.ts';

/** What stands in a module's place, under a name of the file. */
interface Kept {
  /** The object literal that makes it. */
  readonly object: SyntaxNode;
  /** What the rest of the file takes from it. */
  readonly flow: Flow;
}

/**
 * The object behind `vi.mock('…', () => mocks)` with `const mocks = { … }` or `const mocks = vi.hoisted(() => ({ … }))`;
 * `undefined` when the name may hold something else. Whatever takes from it but by name is an obstacle of its flow.
 */
export function keptObject(walk: Walk, name: SyntaxNode): Kept | undefined {
  const declarator = declaratorOf(walk.rewrite, name);
  if (!declarator?.init) return undefined;
  const init = unwrapped(declarator.init as SyntaxNode);
  const object = init.type === 'CallExpression' ? hoisted(init) : init;
  if (object?.type !== 'ObjectExpression') return undefined;
  const { module } = walk.site.destinations;
  const flow = followBinding(walk, declarator.id as SyntaxNode, declarator, (_walk, reference) =>
    isStandIn(walk.rewrite, reference, module) ? NOTHING : followModule(walk, reference),
  );
  return { object, flow };
}

/** The function behind `vi.mock('…', factory)`, when it is the factory of this module's mocks and nothing else. */
export function keptFactory({ rewrite, site }: Walk, name: SyntaxNode): SyntaxNode | undefined {
  const { index } = rewrite.file;
  const [binding] = index.bindings(name.name as string);
  if (!binding || !isFactoryName(rewrite, binding, site.destinations.module)) return undefined;
  const declared = index.parent(binding)!;
  return declared.type === 'FunctionDeclaration' ? declared : unwrapped(declared.init as SyntaxNode);
}

/** The declarator of a constant that the file keeps to itself. */
function declaratorOf(rewrite: FileRewrite, name: SyntaxNode): SyntaxNode | undefined {
  const { index } = rewrite.file;
  const [binding, ...more] = index.bindings(name.name as string);
  const declarator = binding && index.parent(binding);
  if (!binding || more.length > 0 || declarator?.type !== 'VariableDeclarator' || declarator.id !== binding)
    return undefined;
  return index.parent(declarator)?.kind === 'const' && !rewrite.isExported(binding) ? declarator : undefined;
}

/** What `vi.hoisted(() => ({ … }))` gives. */
function hoisted({ callee, arguments: args }: SyntaxNode): SyntaxNode | undefined {
  const { object, property } = callee as SyntaxNode;
  const [made] = args as readonly SyntaxNode[];
  const written = `${(object as SyntaxNode | undefined)?.name}.${(property as SyntaxNode | undefined)?.name}`;
  if (!made || !/^(?:vi|vitest)\.hoisted$/.test(written)) return undefined;
  return factoryResult(made);
}

/** Whether a name is handed to a mock of the module as it is: returned by its factory, or in the factory's place. */
function isStandIn(rewrite: FileRewrite, reference: SyntaxNode, module: ModuleRef): boolean {
  const { index } = rewrite.file;
  if (isFactoryOf(rewrite, reference, module)) return true;
  const { parent } = index.parentPastWrappers(reference);
  const block = parent?.type === 'ReturnStatement' ? index.parent(parent) : undefined;
  const made = block ? index.parent(block) : parent;
  return made !== undefined && factoryResult(made) === reference && isFactoryOf(rewrite, made, module);
}
