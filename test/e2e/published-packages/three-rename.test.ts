import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/plan/file-change.ts';
import type { RunRecord } from '../../../src/run/run-record.ts';
import { Oracle } from './oracle.ts';
import { PackageTarget } from './package-target.ts';
import { countName, outcomesByPlace, renamedPlaces, score } from './score.ts';

/** One that many classes have, and one that JSDoc links to; Matrix4 has a lookAt of its own. */
const NAMES = { add: 'attach3D', lookAt: 'faceTowards' };

/** Builds a scene with what three renames inside, by these names of the two methods; what it prints must not depend on them. */
const scene = ({ add, lookAt }: typeof NAMES) => `
  import * as THREE from './src/Three.js';
  const parent = new THREE.Object3D();
  const children = [new THREE.Mesh(), new THREE.Group()];
  parent.${add}(...children);
  parent.${lookAt}(1, 2, 3);
  const target = new THREE.WebGLCubeRenderTarget(4);
  const hand = new THREE.DirectionalLightHelper(new THREE.DirectionalLight(), 1);
  console.log(JSON.stringify({
    children: parent.children.map((child) => child.type),
    parents: children.every((child) => child.parent === parent),
    clones: parent.clone().children.map((child) => child.type),
    arrow: new THREE.ArrowHelper().children.length,
    cube: new THREE.CubeCamera(1, 2, target).children.length,
    light: hand.children.length,
    turned: parent.quaternion.toArray(),
    lod: new THREE.LOD().addLevel(new THREE.Mesh(), 1).children.length,
    vector: new THREE.Vector3(1, 2, 3).add(new THREE.Vector3(1, 1, 1)).toArray(),
    view: new THREE.Matrix4().lookAt(new THREE.Vector3(), new THREE.Vector3(1, 2, 3), parent.up).toArray(),
    colour: new THREE.Color(0, 0, 1).add(new THREE.Color(1, 0, 0)).getHex(),
  }));`;

describe('renaming two methods of Object3D in the sources of three, which have no types', { timeout: 240_000 }, () => {
  let target: PackageTarget;
  let expected: ReadonlySet<string>;
  let published: Readonly<Record<string, string>>;
  let behaviour: unknown;
  let records: readonly RunRecord[];
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    target = new PackageTarget('three', ['package.json'], {
      'src/core/Object3D.js': { Object3D: { members: NAMES } },
    });
    const oracle = new Oracle(target.root, { allowJs: true });
    expected = new Set(
      Object.keys(NAMES).flatMap((name) => [...oracle.references('src/core/Object3D.js', 'Object3D', name)]),
    );
    published = target.tree();
    behaviour = target.node(scene({ add: 'add', lookAt: 'lookAt' }));
    records = await target.run();
    outcomes = outcomesByPlace(records);
  }, 240_000);
  afterAll(() => target.remove());

  test('edits places that the language service names, and no others', () => {
    const edited = new Set(
      target
        .sources()
        .flatMap((file) =>
          renamedPlaces(target.published(file), target.read(file), NAMES).map((at) => `${file}:${at}`),
        ),
    );
    const result = score('three, Object3D’s add and lookAt', edited, expected);
    expect(result.unexpected).toEqual([]);
    // No difference: TypeScript 7, asked as Reroute asks it, proves all that TypeScript 6 finds.
    expect(result.missed).toEqual([]);
    expect(edited.size).toBeGreaterThanOrEqual(42);
    expect([...outcomes].flatMap(([place, { result }]) => (result === 'edited' ? [place] : [])).sort()).toEqual(
      [...edited].sort(),
    );
  });

  test('passes the types gate in every phase', () => {
    expect(records.map(({ phase, status }) => `${phase} ${status}`)).toEqual([
      'production done',
      'integration-tests nochange',
      'unit-tests nochange',
    ]);
    expect(records.flatMap(({ gates }) => gates.filter(({ passed }) => !passed))).toEqual([]);
    expect(records.flatMap(({ skipped }) => skipped)).toEqual([]);
  });

  test('accounts for every place where a name is spelled: found = edited + review + left', () => {
    const names = Object.keys(NAMES);
    const spelled = target
      .sources()
      .flatMap((file) => names.map((name) => countName(target.published(file), name)))
      .reduce((sum, count) => sum + count, 0);
    const { found, edited, review, left } = records[0]!.account;
    expect(edited + review + left).toBe(found);
    expect(found).toBe(spelled);
    expect(outcomes.size).toBe(spelled);
  });

  test.each([
    ['src/math/Vector2.js', 'Vector2.add'],
    ['src/math/Vector3.js', 'Vector3.add'],
    ['src/math/Vector4.js', 'Vector4.add'],
    ['src/math/Matrix4.js', 'Matrix4.lookAt'],
    ['src/math/Color.js', 'Color.add'],
    ['src/math/Box2.js', 'Vector2.add'],
    ['src/math/Box3.js', 'Vector3.add'],
    ['src/math/SphericalHarmonics3.js', 'SphericalHarmonics3.add'],
    ['src/animation/AnimationObjectGroup.js', 'AnimationObjectGroup.add'],
    ['src/core/UniformsGroup.js', 'UniformsGroup.add'],
    ['src/extras/core/CurvePath.js', 'CurvePath.add'],
    ['src/loaders/Cache.js', 'add of an object literal'],
    ['src/nodes/accessors/TextureBicubic.js', 'the variable add'],
    ['src/renderers/webgl-fallback/WebGLBackend.js', 'WeakSet.add'],
  ])('leaves %s alone, because what it names is %s', (file, owner) => {
    expect(target.tree()[file]).toBe(published[file]);
    const own = [...outcomes.values()].filter(({ usage }) => usage.place.file === file);
    expect(
      own.filter(({ result, reason }) => result === 'left' && reason!.text.startsWith(`belongs to ${owner} (`)),
    ).not.toEqual([]);
    expect(own.filter(({ result }) => result === 'edited')).toEqual([]);
  });

  test('changes no file without an expected place', () => {
    const after = target.tree();
    const changed = Object.keys({ ...published, ...after }).filter((file) => after[file] !== published[file]);
    expect(changed).toEqual([...new Set([...expected].map((place) => place.split(':')[0]!))].sort());
  });

  test('says for each place on the review list what is not known, in words that name no machine', () => {
    const review = [...outcomes.values()].filter(({ result }) => result === 'review');
    const kinds = new Map<string, number>();
    for (const { reason } of review) {
      const kind = reason!.text
        .replace(/typed \S+,/, 'typed …,')
        .replace(/no declaration of "\w+"/, 'no declaration of "…"');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    expect([...kinds.keys()].sort()).toEqual([
      'a string that spells the name; whether it is used as a key cannot be told',
      'cannot be told: no declaration of "…" is found',
      'cannot be told: the receiver is any',
      'cannot be told: the receiver is typed …, which has no member "add"',
    ]);
    const texts = [...outcomes.values()].map(({ reason }) => reason?.text ?? '');
    expect(texts.filter((text) => text.includes('node_modules') || text.includes(target.root))).toEqual([]);
    // A quoted name in a comment is no string: nobody has to look at it.
    const quoted = [...outcomes.values()].find(({ usage }) => usage.place.file === 'src/animation/PropertyMixer.js');
    expect(quoted?.result).toBe('left');
  });

  test('leaves a library that Node runs as before, under the new name', () => {
    expect(target.node(scene(NAMES))).toEqual(behaviour);
    expect(
      target.node(
        "import { Object3D } from './src/Three.js'; const o = new Object3D(); console.log('add' in o || 'lookAt' in o);",
      ),
    ).toBe(false);
  });

  test('finds nothing to edit in a second run', async () => {
    const before = target.tree();
    const again = await target.run();
    expect(again.map(({ status }) => status)).toEqual(['nochange', 'nochange', 'nochange']);
    expect(again.map(({ account }) => account.edited)).toEqual([0, 0, 0]);
    expect(target.tree()).toEqual(before);
  });

  test('gives back every byte when it is rolled back', async () => {
    const rolledBack = await target.rollback();
    expect(rolledBack.map(({ phase }) => phase)).toEqual(['production']);
    expect(target.tree()).toEqual(published);
  });
});
