import type { Resolution } from '../contract.ts';
import type { FindModule } from './comment-places.ts';
import { isStringLiteral, type Node, SyntaxKind } from './typescript.ts';

/**
 * What a stub's key names: of `proxyquire('./service', { './router': … })`, where keys count from the service, and of
 * `esmock('./service', { '../src/router': … })`, where they count from the test. `undefined` for any other property.
 */
export function stubbedModule(
  property: Node,
  findModule: FindModule,
): Extract<Resolution, { kind: 'module' }> | undefined {
  const { name } = property as { readonly name?: Node };
  if (property.kind !== SyntaxKind.PropertyAssignment || name === undefined || !isStringLiteral(name)) return undefined;
  const call = property.parent.parent as { expression?: Node; arguments?: readonly Node[] };
  const [tested, stubs] = call.arguments ?? [];
  if (stubs !== property.parent || tested === undefined || !isStringLiteral(tested)) return undefined;
  const library = /\b(?:proxyquire|esmock)\b/.exec(call.expression?.getText() ?? '')?.[0];
  if (library === undefined) return undefined;
  const test = property.getSourceFile().fileName;
  const of = findModule(test, tested.text);
  const from = library === 'esmock' ? test : of;
  const file = from && findModule(from, name.text);
  return file && of && from ? { kind: 'module', file, stub: { of, from } } : undefined;
}
