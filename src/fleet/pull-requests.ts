import { RerouteError } from '../base/errors.ts';
import { Git } from '../run/git/git.ts';
import { byOwner } from './owners.ts';
import type { FleetResult } from './task.ts';

/** What somebody is asked to review: one owner's files of one target, on a branch of their own. */
export interface PullRequest {
  readonly target: string;
  readonly root: string;
  readonly owner: string;
  readonly branch: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
  readonly files: readonly string[];
}

/**
 * The pull requests of a target that was committed: one when its files have one owner, else one an owner, whose branches
 * are made here. Throws `GIT_FAILED`, `GIT_MISSING`.
 */
export function pullRequestsOf(result: FleetResult, migration: string): readonly PullRequest[] {
  const { commits, root, name, phases } = result;
  if (!commits?.branch) return [];
  const files = [...new Set(phases.flatMap((phase) => phase.files))].sort();
  const owners = byOwner(root, files);
  const title = `${migration}: ${phases.map(({ phase }) => phase).join(', ')}`;
  const git = Git.around(root);
  if (!git) throw new RerouteError({ code: 'GIT_MISSING', message: 'The repository is gone.', where: { file: root } });
  return [...owners].map(([owner, own]) => {
    const alone = owners.size === 1;
    const branch = alone ? commits.branch! : `${commits.branch}-${slug(owner)}`;
    const one: PullRequest = {
      target: name,
      root,
      owner,
      branch,
      title: alone ? title : `${title} (${owner || 'no owner'})`,
      body: bodyOf(result, own, alone ? [] : [...owners.keys()]),
      files: own,
    };
    if (!alone)
      git.branchOfFiles(branch, {
        base: commits.base,
        tip: commits.head,
        files: own,
        message: `${one.title}\n\n${one.body}`,
      });
    return one;
  });
}

/** Commands that push a branch and open its pull request; nothing here runs them. */
export function commandsFor({ root, branch, title, owner }: PullRequest, bodyFile: string): readonly string[] {
  const reviewers = owner
    .split(' ')
    .filter((one) => one.startsWith('@'))
    .map((one) => ` --reviewer ${quoted(one.slice(1))}`)
    .join('');
  return [
    `git -C ${quoted(root)} push -u origin ${quoted(branch)}`,
    `gh pr create --head ${quoted(branch)} --title ${quoted(title)} --body-file ${quoted(bodyFile)}${reviewers}`,
    `glab mr create --source-branch ${quoted(branch)} --title ${quoted(title)} --description "$(cat ${quoted(bodyFile)})"`,
  ];
}

function bodyOf({ phases, report }: FleetResult, files: readonly string[], owners: readonly string[]): string {
  const rows = phases.map(
    ({ phase, found, edited, review, left }) => `| ${phase} | ${found} | ${edited} | ${review} | ${left} |`,
  );
  const others =
    owners.length > 1
      ? ['', `One of ${owners.length} parts, one an owner; the proxies let them land in any order.`]
      : [];
  return [
    '| phase | found | edited | for review | left alone |',
    '| --- | --: | --: | --: | --: |',
    ...rows,
    ...others,
    '',
    `${files.length} ${files.length === 1 ? 'file' : 'files'}:`,
    '',
    ...files.map((file) => `- \`${file.replaceAll('`', "'")}\``),
    ...(report ? ['', `Every edit with its proof: \`${report.replace(/.*[\\/](?=\.reroute[\\/])/, '')}\``] : []),
    '',
  ].join('\n');
}

function slug(owner: string): string {
  return (
    owner
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'no-owner'
  );
}

/** As one word of a POSIX shell. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
