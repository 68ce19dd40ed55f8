import { RerouteError } from '../base/errors.ts';
import { Git, noRepository } from '../run/git/git.ts';
import type { Session } from './session.ts';

/** Makes a branch of the target's repository and checks it out; on that branch already, it stays. */
export function startBranch(session: Session, target: string, name: string): void {
  const git = Git.around(target);
  if (!git) throw noRepository(target, '--branch');
  if (git.branch() === name) return;
  if (git.hasBranch(name)) {
    throw new RerouteError({
      code: 'GIT_BRANCH_EXISTS',
      message: `There is a branch ${name} already. Nothing was written.`,
      where: { file: target },
      next: `git switch ${name}, then the same command; or another name: --branch <name>`,
    });
  }
  git.startBranch(name);
  session.print(`On the new branch ${session.palette.bold(name)}`);
}
