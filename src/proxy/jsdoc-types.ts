import type { SignatureSurface } from '../compiler/surface.ts';
import type { Carriers } from './carriers.ts';
import { freeTypeNames } from './free-type-names.ts';

/** Types that mean the same in every file. */
const EVERYWHERE = new Set(
  (
    'string number boolean bigint symbol object unknown void null undefined true false ' +
    'Promise Map Set Array Record Date Error Uint8Array'
  ).split(' '),
);

export interface JsDocTypesOptions {
  /** The old module's file, absolute. */
  readonly home: string;
  readonly carriers: Carriers;
  /** The class that stands in the proxy for one that the old module had under this name at its top level. */
  readonly classNamed: (old: string) => string | undefined;
  /** How the proxy imports a module of the target; `undefined`: it may not. */
  readonly specifierOf: (file: string) => string | undefined;
}

/** Writes types of an old module into the comments of its JavaScript proxy, where they can be written without imports. */
export class JsDocTypes {
  readonly #options: JsDocTypesOptions;

  constructor(options: JsDocTypesOptions) {
    this.#options = options;
  }

  /** `@param` and `@returns` for a function with one signature, unless the old comment has them. */
  tagsOfCall(
    signatures: readonly SignatureSurface[],
    parameters: readonly string[],
    jsDoc: string,
    file: string,
  ): readonly string[] {
    const [only] = signatures;
    if (signatures.length !== 1 || !only || /@type\b/.test(jsDoc)) return [];
    const taken = /@param\b/.test(jsDoc) ? [] : only.parameters;
    const returned = /@returns?\b/.test(jsDoc) ? undefined : this.write(only.returnType, file);
    return [
      ...taken.flatMap(({ type, optional, rest }, index) => {
        const name = parameters[index]?.replace('...', '');
        const written = this.write(type, file);
        return name && written ? [`@param {${rest ? '...' : ''}${written}} ${optional ? `[${name}]` : name}`] : [];
      }),
      ...(returned ? [`@returns {${returned}}`] : []),
    ];
  }

  /** A type as a comment of the proxy writes it; `undefined` when it would need an import. */
  write(type: string, file: string): string | undefined {
    const before = 'type $ = ';
    const text = `${before}${type};`;
    let written = '';
    let at = before.length;
    for (const name of freeTypeNames(text)) {
      const now = name.kind === 'name' ? this.#name(name.text, text.slice(name.end), file) : undefined;
      if (now === undefined) return undefined;
      written += text.slice(at, name.start) + now;
      at = name.end;
    }
    return written + text.slice(at, -1);
  }

  #name(name: string, after: string, file: string): string | undefined {
    if (EVERYWHERE.has(name)) return name;
    const { home, carriers, classNamed, specifierOf } = this.#options;
    const own = file === home ? classNamed(name) : undefined;
    if (own !== undefined || after.startsWith('<')) return own;
    const carrier = carriers.find(name, file);
    const specifier = carrier && specifierOf(carrier.file);
    return specifier && `InstanceType<typeof import('${specifier}').${carrier.name}>`;
  }
}
