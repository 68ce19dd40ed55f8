import type { ExportSurface, MemberSurface } from '../compiler/surface.ts';
import type { DeprecatedModule } from './deprecated-module.ts';
import { type ProxyProblem, showMember, suggestMapping } from './proxy-problem.ts';

/** What has no form in the proxy of one module, gathered while the proxy is described. */
export class ProxyGaps {
  readonly problems: ProxyProblem[] = [];
  /** Fields of JavaScript classes, `Old.field`, that the canonical class does not have and nobody mapped. */
  readonly unkept: string[] = [];
  readonly #module: DeprecatedModule;

  constructor(module: DeprecatedModule) {
    this.#module = module;
  }

  /** A member that no mapping is for; `canonical` is where its new name is looked for. */
  unmapped(old: ExportSurface, member: MemberSurface, canonical: ExportSurface | undefined, why?: string): void {
    this.problems.push({
      code: 'PROXY_UNMAPPED_MEMBERS',
      of: `${this.#module.path}#${old.name}`,
      text: `${showMember(member)}${member.visibility === 'protected' ? ' (protected)' : ''}${why ? ` : ${why}` : ''}`,
      suggestion: suggestMapping(member, canonical),
    });
  }

  /** `name` is an export's; `undefined`: the module's own problem. */
  problem(code: ProxyProblem['code'], name: string | undefined, text: string, suggestion?: string): void {
    const of = name === undefined ? this.#module.path : `${this.#module.path}#${name}`;
    this.problems.push({ code, of, text, ...(suggestion !== undefined && { suggestion }) });
  }
}
