import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandsFor, pullRequestsOf } from '../fleet/pull-requests.ts';
import type { FleetResult } from '../fleet/task.ts';
import { count } from '../report/words.ts';
import type { Session } from './session.ts';

/** Writes the text of each pull request to the folder, and prints the commands that would open them. */
export function tellPullRequests(session: Session, results: readonly FleetResult[], folder: string): void {
  const { bold, dim } = session.palette;
  const out = path.resolve(session.cwd, folder);
  const all = results.filter(({ state }) => state === 'done').flatMap((result) => pullRequestsOf(result, 'Reroute'));
  session.print(
    `\n${bold(count(all.length, 'pull request'))}  ${dim(`texts in ${out}; these commands open them, with GitHub's or GitLab's`)}`,
  );
  for (const one of all) {
    const file = path.join(out, one.target, `${one.branch.replaceAll('/', '-')}.md`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `# ${one.title}\n\n${one.body}`);
    session.print(`\n${one.target}${one.owner ? `  ${one.owner}` : ''}`);
    for (const command of commandsFor(one, file)) session.print(`  ${command}`);
    session.result({
      pullRequest: { target: one.target, owner: one.owner, branch: one.branch, file, files: one.files },
    });
  }
}
