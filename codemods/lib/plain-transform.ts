import path from 'node:path';
import type { API, FileInfo } from 'jscodeshift';
import MagicString from 'magic-string';
import { RerouteError } from '../../src/base/errors.ts';
import { relativeToRoot } from '../../src/base/paths.ts';
import { formatPlace } from '../../src/base/places.ts';
import type { Edit } from '../../src/plan/file-change.ts';
import type { Subject } from '../../src/survey/usage.ts';
import { cachedManifest } from './cached-manifest.ts';
import { ImportEditor } from './import-editor.ts';
import { inferUsages } from './infer-usages.ts';
import { type ParsedFile, parseFile } from './parse.ts';
import type { RewriteResult, RewriteTask } from './task.ts';

/** What `jscodeshift -t … --manifest=… --root=…` hands over. */
export interface PlainOptions {
  /** The manifest; relative to the working folder. */
  readonly manifest?: string;
  /** The target's root; the manifest's folder when absent. */
  readonly root?: string;
}

type Rewrite = (task: RewriteTask, file: ParsedFile, imports: ImportEditor) => RewriteResult;

const BOM = '\uFEFF';

/**
 * A jscodeshift transform that runs a rewrite without a host, on what one file shows by itself. Its result is the new
 * source, or `undefined` when nothing changes; what is not certain goes to `api.report`.
 */
export function plainTransform(rewrite: Rewrite, wants: (kind: Subject['kind']) => boolean) {
  return async ({ path: name, source }: FileInfo, api: API, options: PlainOptions): Promise<string | undefined> => {
    const manifest = manifestOf(options);
    const migration = await cachedManifest(manifest);
    const root = path.resolve(options.root ?? path.dirname(manifest));
    const relative = relativeToRoot(root, path.resolve(name));
    if (relative === undefined) {
      api.report(`lies outside of ${root}; say --root=<the target's root>`);
      return undefined;
    }
    const text = source.startsWith(BOM) ? source.slice(1) : source;
    const file = parseFile(relative, text);
    const { usages, uncertain } = inferUsages(file, migration, api.jscodeshift);
    const wanted = usages.filter(({ subject }) => wants(subject.kind));
    const imports = new ImportEditor(file);
    const result = rewrite({ path: relative, text, usages: wanted, migration }, file, imports);

    for (const { kind, place, text: why } of uncertain) if (wants(kind)) api.report(`${formatPlace(place)}: ${why}`);
    for (const usage of wanted) {
      const why = result.review.get(usage.id);
      if (why) api.report(`${formatPlace(usage.place)}: ${usage.text}: ${why.text} (${why.code})`);
    }
    const edits = [...result.edits, ...imports.edits()];
    return edits.length === 0 ? undefined : (text === source ? '' : BOM) + applyEdits(text, edits);
  };
}

function manifestOf({ manifest }: PlainOptions): string {
  if (typeof manifest === 'string') return path.resolve(manifest);
  throw new RerouteError({
    code: 'CODEMOD_NO_MANIFEST',
    message: 'this transform reads what has to move from a manifest, and none is given',
    next: 'run jscodeshift with --manifest=reroute.config.ts',
  });
}

/** The text with the edits made; insertions at one offset keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const out = new MagicString(text);
  for (const edit of edits.toSorted((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)) {
    const { start, end } = edit.range;
    if (start === end) out.appendLeft(start, edit.text);
    else if (edit.text === '') out.remove(start, end);
    else out.update(start, end, edit.text);
  }
  return out.toString();
}
