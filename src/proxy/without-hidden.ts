import { listOf, type SyntaxNode } from '../manifest/syntax-tree.ts';
import { parseModule } from './parse-module.ts';

function isHidden(accessibility: unknown): boolean {
  return accessibility === 'private' || accessibility === 'protected';
}

/** The module's text with the private and protected members of its classes taken out, lines kept; and those classes. */
export function withoutHidden(
  file: string,
  text: string,
): { readonly text: string; readonly lacking: ReadonlySet<string> } {
  const gaps: { start: number; end: number; by: string }[] = [];
  const lacking = new Set<string>();
  const visit = (node: SyntaxNode): void => {
    const before = gaps.length;
    visitInside(node);
    const name = /^Class/.test(node.type) ? (node.id as SyntaxNode | null | undefined)?.name : undefined;
    if (gaps.length > before && name !== undefined) lacking.add(String(name));
  };
  const visitInside = (node: SyntaxNode): void => {
    if (node.type === 'ClassBody') {
      for (const member of listOf(node, 'body')) {
        if (
          member &&
          (isHidden(member.accessibility) || (member.key as SyntaxNode | undefined)?.type === 'PrivateName')
        ) {
          if (member.kind !== 'constructor') gaps.push({ start: member.start, end: member.end, by: '' });
        }
        if (member?.kind === 'constructor') for (const one of listOf(member, 'params')) if (one) parameterProperty(one);
      }
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (child && typeof child === 'object' && typeof child.type === 'string' && typeof child.start === 'number')
          visit(child);
      }
    }
  };
  const parameterProperty = (node: SyntaxNode): void => {
    if (node.type !== 'TSParameterProperty' || !isHidden(node.accessibility)) return;
    const inner = node.parameter as SyntaxNode;
    gaps.push({ start: node.start, end: inner.start, by: '' });
  };
  visit(parseModule(file, text));
  let result = '';
  let at = 0;
  for (const { start, end } of gaps.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, '');
    at = end;
  }
  return { text: result + text.slice(at), lacking };
}
