import { expect, test } from 'vitest';
import type { CompilerSession } from '../../../src/compiler/contract.ts';
import { LaidTexts } from '../../../src/run/gates/laid-texts.ts';
import { TargetView } from '../../../src/survey/target-view.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

test('the compiler is told once, when it is asked, and only of what differs from what it was told last', () => {
  const view = new TargetView(temporaryFolder({}));
  const told: Record<string, string | null | undefined>[] = [];
  const session = {
    overlay: (changes: ReadonlyMap<string, string | null | undefined>) => {
      told.push(Object.fromEntries([...changes].map(([file, text]) => [file.slice(view.root.length + 1), text])));
    },
  } as CompilerSession;
  const laid = new LaidTexts(session, view);
  laid.lay('a.ts', 'one');
  laid.lay('b.ts', undefined);
  laid.lay('a.ts', 'two');
  expect(told).toEqual([]);
  expect(laid.session()).toBe(session);
  laid.lay('a.ts', 'three');
  laid.lay('a.ts', 'two');
  laid.lay('b.ts', undefined);
  laid.session();
  laid.lay('b.ts', 'there');
  laid.session();
  laid.session();
  expect(told).toEqual([{ 'a.ts': 'two', 'b.ts': null }, { 'b.ts': 'there' }]);
});
