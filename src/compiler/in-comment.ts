/**
 * Whether an offset stands in a comment, as far as the text around it tells without a parse. `yes` and `no` are certain
 * but for this: the text of a template that looks like a comment counts as one, which is no name either way. `maybe`
 * needs the tree.
 */
export function inComment(text: string, offset: number): 'yes' | 'no' | 'maybe' {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  // What stands in braces of a template or of JSX is code, whatever the line looks like.
  if (/^\s*\/\/[^{]*$/.test(before)) return 'yes';
  const opened = offset === 0 ? -1 : text.lastIndexOf('/*', offset - 1);
  const isOpen = opened >= 0 && opened >= text.lastIndexOf('*/', offset - 1);
  if (isOpen && /^[^\S\n]*\/\*/.test(text.slice(text.lastIndexOf('\n', opened) + 1)) && /^\s*\*[^{]*$/.test(before)) {
    return 'yes';
  }
  return isOpen || before.includes('//') ? 'maybe' : 'no';
}
