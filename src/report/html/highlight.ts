/** A token worth a colour: half-open offsets into the text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly kind: 'comment' | 'string' | 'keyword' | 'number';
}

const LANGUAGES = /\.[cm]?[jt]sx?$/;
const KEYWORDS = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum export extends ' +
    'false finally for from function get if implements import in instanceof interface is keyof let namespace new null of ' +
    'override private protected public readonly return satisfies set static super switch this throw true try type typeof ' +
    'undefined var void while with yield'
  ).split(' '),
);
/** After these a `/` begins a regular expression; after any other word it divides. */
const BEFORE_OPERAND = new Set(
  'return typeof case do else in instanceof new of throw void delete yield await'.split(' '),
);
const NEXT =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`|[A-Za-z_$][\w$]*|\d[\w.]*|[{}]|[^\s\w]/g;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/y;

/**
 * The comments, strings, keywords and numbers of a JavaScript or TypeScript text, by start; none for other files. A reading
 * aid, not a parser: where a text is ambiguous (a regular expression in JSX, say) a colour may be wrong, never a character.
 */
export function highlight(file: string, text: string): readonly Token[] {
  if (!LANGUAGES.test(file)) return [];
  const tokens: Token[] = [];
  /** Open braces in each template substitution that we are in. */
  const substitutions: number[] = [];
  let previous = '';
  const templateFrom = (start: number): number => {
    TEMPLATE.lastIndex = start;
    const end = start + (TEMPLATE.exec(text)?.[0].length ?? 0);
    if (text.slice(end - 2, end) === '${') substitutions.push(0);
    return end;
  };
  NEXT.lastIndex = 0;
  for (let match = NEXT.exec(text); match; match = NEXT.exec(text)) {
    const [word] = match;
    const start = match.index;
    const add = (kind: Token['kind'], end = start + word.length) => {
      tokens.push({ start, end, kind });
      NEXT.lastIndex = end;
    };
    if (word.startsWith('//') || word.startsWith('/*')) {
      add('comment');
      continue;
    }
    if (word === '`') add('string', templateFrom(start + 1));
    else if (word === '}' && substitutions.at(-1) === 0) {
      substitutions.pop();
      add('string', templateFrom(start + 1));
    } else if (word === '{' && substitutions.length > 0) substitutions[substitutions.length - 1]!++;
    else if (word === '}' && substitutions.length > 0) substitutions[substitutions.length - 1]!--;
    else if (word[0] === '"' || word[0] === "'") add('string');
    else if (/^\d/.test(word)) add('number');
    else if (KEYWORDS.has(word) && previous !== '.') add('keyword');
    else if (word === '/' && (!/[\w$)\]}]$/.test(previous) || BEFORE_OPERAND.has(previous))) {
      REGEX.lastIndex = start;
      const regex = REGEX.exec(text);
      if (regex) add('string', start + regex[0].length);
    }
    previous = word;
  }
  return tokens;
}
