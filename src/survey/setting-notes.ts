import { relativeToRoot } from '../base/paths.ts';
import { formatPlace, LineIndex } from '../base/places.ts';
import type { Diagnostic, FileRange, ProjectInfo, RefusedSetting } from '../compiler/contract.ts';
import { installCommand } from './install-command.ts';
import type { Note } from './notes.ts';
import type { TargetView } from './target-view.ts';

/** What Reroute makes of a setting that TypeScript takes no longer. */
const READ_AS: Readonly<Record<string, string>> = {
  baseUrl: 'Reroute reads it as paths: { "*": … } from there',
  moduleResolution: 'Reroute resolves as "bundler" does, which finds what it finds',
  esModuleInterop: 'Reroute reads it as true',
  allowSyntheticDefaultImports: 'Reroute reads it as true',
};
const IGNORED = 'Reroute goes on without it, since it does not change which module a name comes from';
const LONGEST = 160;

/** One setting and all places where it stands. */
interface Said {
  readonly subject: string;
  readonly instead: string;
  readonly next: string | undefined;
  readonly at: FileRange;
}

/** The settings of configurations that the compiler does not take as they are, each once, with where it stands first. */
export function settingNotes(view: TargetView, projects: readonly ProjectInfo[]): readonly Note[] {
  const found = projects.flatMap(({ refused, problems }) => [
    ...refused.map((setting) => refusedSetting(view, setting)),
    ...problems.map((problem) => badSetting(view, problem)),
  ]);
  const bySubject = new Map<string, Said[]>();
  for (const said of found) bySubject.set(said.subject, [...(bySubject.get(said.subject) ?? []), said]);
  return [...bySubject].map(([subject, all]): Note => {
    const [first, ...others] = [...new Set(all.map(({ at }) => placeOf(view, at)))].sort();
    const where = others.length === 0 ? first : `${first} and ${others.length} more`;
    const { instead, next } = all[0]!;
    const text = `${where}: ${subject}. ${instead}`;
    return { code: 'tsconfig-setting', subject, text, ...(next !== undefined && { next }) };
  });
}

function refusedSetting(view: TargetView, { name, value, ...at }: RefusedSetting): Said {
  // As it is written: `node` is `node10` to the compiler.
  const { start, end } = at.range;
  const written = textOf(view, at.file)
    .slice(start, end)
    .replace(/\s*:\s*/, ': ');
  const setting = value === undefined || written === '' ? name : written;
  const subject = `TypeScript 7 takes ${setting} no longer`;
  return { subject, instead: READ_AS[name] ?? IGNORED, next: undefined, at };
}

function badSetting(view: TargetView, { message, file, range }: Diagnostic): Said {
  const [line] = message.split('\n');
  const subject = line!.replace(/\.$/, '');
  const extended = /^File '((?:@[^/']+\/)?[^./@'][^/']*)[^']*' not found/.exec(message)?.[1];
  return {
    subject: subject.length > LONGEST ? `${subject.slice(0, LONGEST - 1)}…` : subject,
    instead: 'Reroute goes on without it',
    next: extended === undefined ? undefined : installCommand(view, extended),
    at: { file, range },
  };
}

function placeOf(view: TargetView, { file, range }: FileRange): string {
  const position = new LineIndex(textOf(view, file)).at(range.start);
  return formatPlace({ file: relativeToRoot(view.root, file) ?? file, range, ...position });
}

function textOf(view: TargetView, file: string): string {
  const source = view.read(relativeToRoot(view.root, file) ?? file);
  return typeof source === 'string' ? '' : source.text;
}
