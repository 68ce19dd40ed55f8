import type { SymbolReader } from './symbol-reader.ts';
import {
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
  TypeFlags,
} from './typescript.ts';
import { type Around, valueAround } from './value-around.ts';

/**
 * Where a value stands; when a constant of the file holds it, where that is used as a whole: `fake` in `() => fake` with
 * `const fake = { … }` or `const { fake } = vi.hoisted(() => ({ fake: { … } }))`. Empty when somebody else may have it.
 */
export function placesOf(inner: Node, reader: SymbolReader): readonly Around[] {
  const around = valueAround(inner);
  const held = holderOf(around);
  if (held === undefined) return [around];
  const uses = usesOf(held.name, reader);
  if (uses === undefined) return [];
  const places = uses.filter((use) => !isTakenFrom(use, held.returned)).map(valueAround);
  // What returns something that returns the value is no stand-in of anything known here.
  if (held.returned && places.some(({ returned }) => returned)) return [];
  return places.map(({ value, returned, awaited }) => ({
    value,
    returned: returned || held.returned,
    awaited: awaited || around.awaited,
  }));
}

interface Holder {
  /** The name that a constant gives to the value. */
  readonly name: Node;
  /** It holds a function that returns the value. */
  readonly returned: boolean;
}

function holderOf({ value, returned }: Around): Holder | undefined {
  const { parent } = value;
  if (parent === undefined) return undefined;
  if (isVariableDeclaration(parent) && parent.initializer === value) return nameIn(parent, returned);
  if (returned && isHoisted(parent) && isVariableDeclaration(parent.parent)) return nameIn(parent.parent, false);
  if (!isPropertyAssignment(parent) || parent.initializer !== value || !isObjectLiteralExpression(parent.parent))
    return undefined;
  const around = valueAround(parent.parent);
  const call = around.value.parent;
  if (call === undefined || !around.returned || !isHoisted(call) || !isVariableDeclaration(call.parent))
    return undefined;
  const { elements = [] } = call.parent.name as { readonly elements?: readonly Node[] };
  const key = parent.name.getText();
  const taken = elements.find((each) => isBindingElement(each) && (each.propertyName ?? each.name)?.getText() === key);
  const name =
    taken !== undefined && isBindingElement(taken) && taken.initializer === undefined ? taken.name : undefined;
  return name !== undefined && isIdentifier(name) ? { name, returned } : undefined;
}

function nameIn(declaration: Node & { readonly name: Node }, returned: boolean): Holder | undefined {
  return isIdentifier(declaration.name) ? { name: declaration.name, returned } : undefined;
}

function isHoisted(call: Node): boolean {
  return isCallExpression(call) && /^(?:vi|vitest)\.hoisted$/.test(call.expression.getText());
}

/** The uses of a constant in its file; `undefined` when others may use it, or when the checker does not know what it is. */
function usesOf(name: Node, reader: SymbolReader): readonly Node[] | undefined {
  const { checker } = reader.project;
  const source = name.getSourceFile();
  let declaration = name.parent;
  while (!isVariableDeclaration(declaration)) declaration = declaration.parent;
  const list = declaration.parent;
  const { modifiers = [] } = list.parent as { readonly modifiers?: readonly Node[] };
  const isExported = modifiers.some(({ kind }) => kind === SyntaxKind.ExportKeyword);
  if (!/^const\s/.test(source.text.slice(list.getStart(source), list.end)) || isExported) return undefined;
  const symbol = checker.getSymbolAtLocation(name);
  const type = symbol && checker.getTypeOfSymbol(symbol);
  if (symbol === undefined || type === undefined || type.flags & TypeFlags.Any) return undefined;
  const uses: Node[] = [];
  for (const handle of checker.getReferencesToSymbolInFile(source.fileName, symbol)) {
    const node = handle.resolve(reader.project);
    if (node === undefined) return undefined;
    if (node.getStart(source) !== name.getStart(source)) uses.push(node);
  }
  return uses;
}

/** Whether a use only takes a member, whose name tells that, or looks at a function as a whole. */
function isTakenFrom(use: Node, isFunction: boolean): boolean {
  const { parent } = use;
  if (isPropertyAccessExpression(parent)) return parent.expression === use;
  if (isElementAccessExpression(parent))
    return parent.expression === use && parent.argumentExpression.kind === SyntaxKind.StringLiteral;
  if (isVariableDeclaration(parent)) {
    const { elements } = parent.name as { readonly elements?: readonly Node[] };
    return elements?.every((each) => isBindingElement(each) && each.dotDotDotToken === undefined) ?? false;
  }
  return (
    isFunction && isCallExpression(parent) && (parent.expression === use || parent.expression.getText() === 'expect')
  );
}
