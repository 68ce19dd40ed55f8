import { expect, test } from 'vitest';
import type { MigrationInput } from '../../src/manifest/define-migration.ts';
import { PhaseTarget } from '../run/phases/phase-target.ts';

const CANONICAL: MigrationInput['canonical'] = {
  'src/events.ts': { Events: { members: { on_open: 'opened', 'closed(code)': 'ended({ code })' } } },
};

const EVENTS = `export interface Events { on_open(): void; closed(code: number): void }
export interface Other { on_open(): void; more: 1 }
export type Handlers = { [K in keyof Events as \`handle_\${K}\`]: Events[K] };
export type Getters<T> = { [K in keyof T as K extends string ? \`get\${Capitalize<K>}\` : never]: () => T[K] };
export type Name = \`event:\${keyof Events & string}\` | \`event:\${string}:\${Uppercase<keyof Events>}\`;
export type Others = { [K in keyof Other as \`other_\${K}\`]: Other[K] };
`;

async function survey(use: string, more: Readonly<Record<string, string>> = {}) {
  const target = new PhaseTarget(
    {
      'package.json': '{ "name": "target", "type": "module", "private": true }\n',
      'tsconfig.json':
        '{ "compilerOptions": { "strict": true, "target": "es2022", "module": "nodenext", "noEmit": true, "types": [] } }\n',
      'src/events.ts': EVENTS,
      'src/use.ts': use,
      ...more,
    },
    { name: 'events', canonical: CANONICAL, phases: [{ name: 'all', steps: ['members'] }] },
    { runtime: false },
  );
  const { outcomes } = await target.phase('all', { dryRun: true });
  return outcomes
    .filter(({ usage }) => usage.place.file === 'src/use.ts')
    .map(
      ({ usage: { place, text }, result, reason }) =>
        `${place.line}:${place.column} ${text} ${result} ${reason?.code}: ${reason?.text}`,
    );
}

test('a name that a type makes of a renamed member is for review, with both names', async () => {
  const told = await survey(`import type { Events, Getters, Handlers, Name } from './events.js';
declare const handlers: Handlers, getters: Getters<Events>;
handlers.handle_on_open();
getters.getOn_open()();
export const made: Handlers = { handle_on_open() {}, handle_closed: () => {} };
export const { handle_on_open: taken } = made;
export class Own implements Handlers { handle_on_open() {} handle_closed() {} }
export const names: Name[] = ['event:on_open', 'event:a:ON_OPEN'];
export type Open = Handlers['handle_on_open'];
`);
  const handled = "is made of Events.on_open at src/events.ts:3:49, and is 'handle_opened' once that is renamed";
  const closed = "is made of Events.closed at src/events.ts:3:49, and is 'handle_ended' once that is renamed";
  expect(told).toEqual([
    `3:10 handle_on_open review derived-name: ${handled}`,
    "4:9 getOn_open review derived-name: is made of Events.on_open at src/events.ts:4:65, and is 'getOpened' once that is renamed",
    `5:33 handle_on_open review derived-name: ${handled}`,
    `5:54 handle_closed review derived-name: ${closed}`,
    `6:16 handle_on_open review derived-name: ${handled}`,
    `7:40 handle_on_open review derived-name: ${handled}`,
    `7:60 handle_closed review derived-name: ${closed}`,
    "8:32 event:on_open review derived-name: is made of Events.on_open at src/events.ts:5:21, and is 'event:opened' once that is renamed",
    "8:49 event:a:ON_OPEN review derived-name: is made of Events.on_open at src/events.ts:5:56, and is 'event:a:OPENED' once that is renamed",
    `9:30 handle_on_open review derived-name: ${handled}`,
  ]);
});

test('a name that is made of something else, or by nobody, is left alone', async () => {
  const told = await survey(`import type { Others } from './events.js';
declare const others: Others;
others.other_on_open();
class Own { handle_on_open() {} }
new Own().handle_on_open(); // handle_on_open
export const text = 'a handle_on_open in words';
`);
  expect(told).toEqual([
    '3:8 other_on_open left other-declaration: is made of the keys of something else at src/events.ts:6:46',
    '4:13 handle_on_open left other-declaration: belongs to Own.handle_on_open (src/use.ts:4:13)',
    '5:11 handle_on_open left other-declaration: belongs to Own.handle_on_open (src/use.ts:4:13)',
    '5:32 handle_on_open left no-code: in a comment or a string',
    '6:24 handle_on_open left no-code: in a comment or a string',
  ]);
});
