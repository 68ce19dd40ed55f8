import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSourceFile,
  type Node,
  SyntaxKind,
} from './typescript.ts';

/** Where a value stands. */
export interface Around {
  /** The outermost expression that gives the value: itself, a function that returns it, `vi.fn(…)` of such. */
  readonly value: Node;
  readonly returned: boolean;
  readonly awaited: boolean;
}

/** The outermost expression that gives what `inner` is, or what it returns. */
export function valueAround(inner: Node): Around {
  let value = inner;
  let returned = false;
  let awaited = false;
  for (;;) {
    const { parent } = value;
    if (parent === undefined || isSourceFile(parent)) return { value, returned, awaited };
    const made = returningFunction(value);
    if (isWrapper(parent)) value = parent;
    else if (made !== undefined && !returned) {
      awaited ||=
        (made as { modifiers?: readonly Node[] }).modifiers?.some(({ kind }) => kind === SyntaxKind.AsyncKeyword) ??
        false;
      returned = true;
      value = made;
    } else if (isPropertyAccessExpression(parent) && parent.expression === value && /^mock/.test(parent.name.text)) {
      value = parent.parent;
    } else {
      const method =
        isCallExpression(parent) && parent.arguments[0] === value ? mockMethod(parent.expression) : undefined;
      const gives = method !== undefined && /^mock(?:Return|Resolved)Value(?:Once)?$/.test(method);
      if (method === undefined || gives === returned) return { value, returned, awaited };
      returned = true;
      awaited ||= /Resolved/.test(method);
      value = parent;
    }
  }
}

/** The function that returns the value: `() => value`, `function () { return value; }`. */
function returningFunction(value: Node): Node | undefined {
  const { parent } = value;
  if (parent.kind === SyntaxKind.ArrowFunction) return (parent as { body?: Node }).body === value ? parent : undefined;
  if (parent.kind !== SyntaxKind.ReturnStatement) return undefined;
  let outer = parent.parent;
  while (outer.kind === SyntaxKind.Block || outer.kind === SyntaxKind.IfStatement) outer = outer.parent;
  return outer.kind === SyntaxKind.ArrowFunction || outer.kind === SyntaxKind.FunctionExpression ? outer : undefined;
}

/** `fn`, `mockImplementation` and their like: a test library's way to make a function of its first argument. */
function mockMethod(callee: Node): string | undefined {
  if (!isPropertyAccessExpression(callee)) return undefined;
  const name = callee.name.text;
  if (name === 'fn') return isIdentifier(callee.expression) ? name : undefined;
  return /^mock(?:Implementation|ReturnValue|ResolvedValue)(?:Once)?$/.test(name) ? name : undefined;
}

function isWrapper({ kind }: Node): boolean {
  return (
    kind === SyntaxKind.ParenthesizedExpression ||
    kind === SyntaxKind.AsExpression ||
    kind === SyntaxKind.SatisfiesExpression ||
    kind === SyntaxKind.NonNullExpression
  );
}
