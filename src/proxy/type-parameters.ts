/** `<T, U>` of `<T extends A, U = B>`. */
export function parameterNames(typeParameters: string): string {
  if (typeParameters === '') return '';
  const names: string[] = [];
  let depth = 0;
  let start = 1;
  for (let at = 1; at < typeParameters.length; at++) {
    const unit = typeParameters[at]!;
    if ('<({['.includes(unit)) depth++;
    const closes = '>)}]'.includes(unit) && typeParameters[at - 1] !== '=';
    if ((unit === ',' && depth === 0) || at === typeParameters.length - 1) {
      names.push(/^\s*(?:const |in |out )*([\w$]+)/.exec(typeParameters.slice(start, at))?.[1] ?? '');
      start = at + 1;
    }
    if (closes) depth--;
  }
  return `<${names.filter((name) => name !== '').join(', ')}>`;
}
