import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Comparison, type Difference, Differential, type PackageSources } from './differential.ts';

const PACKAGES: readonly PackageSources[] = [
  { name: 'rxjs', folder: 'src', beside: ['package.json', 'tsconfig.json'], options: { strict: true } },
  { name: 'three', folder: 'src', beside: ['package.json'], options: { allowJs: true } },
  { name: 'zod', folder: 'src', beside: ['package.json'], options: { strict: true } },
  { name: 'yargs', folder: 'build/lib', beside: ['package.json'], options: { allowJs: true } },
];

// All methods and modules: `npm run differential`. A seeded sample otherwise.
const { REROUTE_DIFFERENTIAL } = process.env;
const A_PACKAGE = REROUTE_DIFFERENTIAL === 'all' ? Number.POSITIVE_INFINITY : Number(REROUTE_DIFFERENTIAL ?? 6);

/** Every way in which the two may differ; what none of them explains is a bug. */
const EXPLAINED: Readonly<Record<string, (difference: Difference, one: Comparison) => boolean>> = {
  // The language service names the whole family of a method that stands for an inherited one. Reroute renames none of it.
  'a relative of a method that keeps its name, for it is inherited': ({ code }, { proven, review }) =>
    (code === 'other-declaration' || code === 'look-alike') && proven === 0 && review.includes('inherited'),
  // Version 7 follows the link to a static method, version 6 does not. It means the method, and is renamed with it.
  'a JSDoc link to a static method that is written with #': ({ code, before }) =>
    code === 'proven' && /\{@link \w+#$/.test(before),
  // A subclass in whose place its base class is called (`this.constructor.of()`) has to answer to the same name.
  'a static method that stands for one of the base class, which version 6 does not relate': ({ code, before }) =>
    code === 'proven' && /\bstatic (?:async )?$/.test(before),
  'an assignment to a method in JavaScript, which version 6 takes for another member': ({
    code,
    before,
    after,
    place,
  }) => code === 'proven' && /\.js:/.test(place) && /\bthis\.$/.test(before) && /^\w+ = /.test(after),
  // With an arm that has no such member the call throws, before and after.
  'a member that only some arms of a union have in JavaScript': ({ place, receiver }, { places }) =>
    /\.js:/.test(place) && isDeclaredIn(places, receiver) && hasArmWithout(receiver),
  'a member that version 6 finds in the type of the receiver, and does not name': ({ receiver }, { places }) =>
    isDeclaredIn(places, receiver) && !hasArmWithout(receiver),
  // `const target = this._target; … this._target = make()`: version 6 ends with any where each is inferred from the other.
  'a receiver of JavaScript that is inferred in a circle': ({ place, receiver, before }) =>
    receiver === 'any' && /PMREMGenerator\.js:/.test(place) && /\bsourceTarget\.$/.test(before),
  'a declaration of a library, outside the target': ({ place, code }) =>
    place.startsWith('../') && code === 'not-found',
};

describe.each(PACKAGES)('$name', { timeout: 3_600_000 }, (sources) => {
  let survey: Differential;
  let renames: readonly Comparison[];

  beforeAll(() => {
    survey = new Differential(sources);
    renames = sample(survey.oracle.methods(), A_PACKAGE).map((method) => survey.rename(method));
    tell(`${sources.name}, renaming methods`, renames);
  }, 3_600_000);
  afterAll(() => survey?.close());

  test('renaming a method is proven in no place that the language service does not name', () => {
    expect(renames.length).toBeGreaterThan(0);
    expect(unexplained(renames, 'unexpected')).toEqual([]);
  });

  test('renaming a method loses no place that it names: what is not proven is for review', () => {
    expect(unexplained(renames, 'lost')).toEqual([]);
  });

  test.runIf(sources.name === 'rxjs')(
    'moving a module finds the specifiers that the language service would edit',
    () => {
      const moves = sample(survey.files(), A_PACKAGE * 2).map((file) => survey.move(file));
      tell(`${sources.name}, moving modules`, moves);
      expect(moves.length).toBeGreaterThan(0);
      expect([...unexplained(moves, 'unexpected'), ...unexplained(moves, 'lost')]).toEqual([]);
      expect(moves.flatMap(({ title, review }) => review.map((code) => `${title} ${code}`))).toEqual([]);
    },
  );
});

/** Whether a receiver's arms have the member where it is expected, those that have one. */
function isDeclaredIn(places: ReadonlySet<string>, receiver: Difference['receiver']): boolean {
  if (receiver === undefined || receiver === 'any') return false;
  const found = receiver.filter((declarations) => declarations.length > 0);
  return found.length > 0 && found.every((declarations) => declarations.every((place) => places.has(place)));
}

function hasArmWithout(receiver: Difference['receiver']): boolean {
  return Array.isArray(receiver) && receiver.some((declarations) => declarations.length === 0);
}

function unexplained(compared: readonly Comparison[], which: 'unexpected' | 'lost'): readonly string[] {
  return compared.flatMap((one) =>
    one[which]
      .filter((difference) => !Object.values(EXPLAINED).some((explains) => explains(difference, one)))
      .map(({ place, said }) => `${one.title}: ${place} ${said}`),
  );
}

/** Prints precision and recall, and how often each difference was met. */
function tell(title: string, compared: readonly Comparison[]): void {
  const sum = (of: (one: Comparison) => number) => compared.reduce((total, one) => total + of(one), 0);
  const [proven, wrong] = [sum((one) => one.proven), sum((one) => one.unexpected.length)];
  const [expected, lost] = [sum((one) => one.places.size), sum((one) => one.lost.length)];
  const counts = new Map<string, number>();
  const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const one of compared) {
    for (const code of one.review) count(`for review: ${code}`);
    for (const difference of [...one.unexpected, ...one.lost])
      count(Object.entries(EXPLAINED).find(([, explains]) => explains(difference, one))?.[0] ?? 'UNEXPLAINED');
  }
  const recall = expected - lost - sum((one) => one.review.length);
  console.info(
    `${title}: ${compared.length}, precision ${proven - wrong}/${proven}, recall ${recall}/${expected}`,
    Object.fromEntries(counts),
  );
}

/** `count` of the items, the same each time, in their order. */
function sample<T>(items: readonly T[], count: number): readonly T[] {
  let state = 20261121;
  const rank = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state;
  };
  const ranked = items.map((item, i) => ({ item, i, rank: rank() })).sort((a, b) => a.rank - b.rank);
  return ranked
    .slice(0, count)
    .sort((a, b) => a.i - b.i)
    .map(({ item }) => item);
}
