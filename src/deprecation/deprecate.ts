import { callSite, packageOf } from './call-site.ts';
import { emitWarning } from './host.ts';
import type { Policy } from './pattern.ts';
import { policyOf } from './policy.ts';
import { type Counter, type Deprecation, type DeprecationUse, type Entry, registry, type Site } from './registry.ts';
import { announce } from './subscribe.ts';
import { writeUsageFile } from './usage-file.ts';

/** The call sites of so many first calls are all looked at; after that at each doubling of the count. */
const LOOKED_AT = 64;

/**
 * The count of a deprecated thing, for a proxy's member to raise first:
 *
 *     const noticeAdd = deprecate({ id: 'src/old.js#add', … });
 *     function add(a) {
 *       if (++noticeAdd.calls >= noticeAdd.next) noticeAdd.look();
 *       …
 *
 * `look` warns once per id and call site, through `process.emitWarning` (type `DeprecationWarning`), so Node's
 * `--no-deprecation`, `--trace-deprecation` and `--disable-warning=CODE` hold; where there is no `process`, through
 * `console.warn`. With `--throw-deprecation`, in phase `error` and by policy it throws a {@link DeprecationError} where the
 * call is. Every call is counted, also when warnings are off. Who calls is found out for the first {@link LOOKED_AT} calls
 * and for a sample of the later ones: a stack costs microseconds, the count one addition.
 *
 * Throws when the id is already known with another replacement: two proxies in this process disagree.
 */
export function deprecate(deprecation: Deprecation): Counter {
  const { entries } = registry();
  const known = entries.get(deprecation.id);
  if (!known) {
    const entry = new Notice(deprecation);
    entries.set(deprecation.id, entry);
    writeUsageFile();
    return entry;
  }
  if (known.deprecation.replacement !== deprecation.replacement) {
    throw new Error(
      `Two proxies disagree on ${deprecation.id}: "${known.deprecation.replacement}" and "${deprecation.replacement}". ` +
        'Make both again from one manifest: npx reroute proxies',
    );
  }
  return known;
}

/** What a use of something deprecated throws where the policy is to throw. */
export class DeprecationError extends Error {
  override readonly name = 'DeprecationWarning';
  readonly id: string;
  readonly code: string;
  readonly detail: string;

  constructor({ id, name, code }: Deprecation, detail: string) {
    super(`${name} is deprecated\n${detail}`);
    this.id = id;
    this.code = code;
    this.detail = detail;
  }
}

/** All fields are there from the start, so that its shape stays one. */
class Notice implements Entry {
  readonly deprecation: Deprecation;
  calls = 0;
  next = 0;
  looks = 0;
  first = 0;
  last = 0;
  seen = 0;
  readonly sites: Entry['sites'] = new Map();

  constructor(deprecation: Deprecation) {
    this.deprecation = deprecation;
  }

  look(): void {
    const { deprecation, calls } = this;
    const policy = policyOf(deprecation);
    const every = policy === 'throw' || registry().everyCall;
    this.next = every ? 0 : calls < LOOKED_AT ? calls + 1 : calls * 2;
    const at = Date.now();
    this.looks++;
    this.first ||= at;
    this.last = at;
    this.seen = calls;
    const site = siteOf(this, callSite(this.look) ?? 'an unknown place', at, policy);
    if (policy === 'throw') throw new DeprecationError(deprecation, detailOf(deprecation, site));
    if (policy === 'silence' || site.told) return;
    site.told = true;
    const { name, code } = deprecation;
    emitWarning(`${name} is deprecated`, { code, detail: detailOf(deprecation, site), ctor: this.look });
  }
}

function siteOf({ deprecation, sites }: Entry, text: string, at: number, policy: Policy): Site {
  const known = sites.get(text);
  if (known) {
    known.last = at;
    return known;
  }
  const site: Site = { site: text, package: packageOf(text), first: at, last: at, told: false };
  sites.set(text, site);
  const use: DeprecationUse = { ...deprecation, site: text, package: site.package, policy, at };
  announce(use);
  return site;
}

function detailOf({ replacement, since, until, link }: Deprecation, { site, package: owner }: Site): string {
  const lines = [
    `Called at ${site}${owner ? ` (package ${owner})` : ''}`,
    `Use ${replacement}`,
    since && `Deprecated since ${since}`,
    until && `Gone from ${until}`,
    link && `See ${link}`,
  ];
  return lines.filter(Boolean).join('\n');
}
