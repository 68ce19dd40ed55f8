import { z } from 'zod';
import { targetPath } from './ledger-entry.ts';

const offset = z.int().nonnegative();
const oneBased = z.int().positive();

export const textRange = z.object({ start: offset, end: offset });

/** Declarations may lie outside the target, in a package's types. */
const place = z.object({ file: z.string(), range: textRange, line: oneBased, column: oneBased });

const missing = z.object({ kind: z.enum(['package', 'file']), name: z.string() });

const reason = z.object({
  code: z.string(),
  text: z.string(),
  declarations: z.array(place).optional(),
  missing: z.array(missing).optional(),
});

export const skippedFile = z.object({
  file: targetPath,
  reason,
  position: z.object({ line: oneBased, column: oneBased }).optional(),
  stack: z.string().optional(),
});

const moduleRef = z.union([
  z.object({ kind: z.literal('path'), path: z.string() }),
  z.object({ kind: z.literal('package'), specifier: z.string() }),
]);
const exportRef = z.object({ module: moduleRef, name: z.string() });

const mapping = z.object({
  source: z.object({ from: z.string(), to: z.string() }),
  of: z.enum(['member', 'construct', 'call']),
  name: z.string(),
  parameters: z.array(z.object({ name: z.string(), optional: z.boolean(), rest: z.boolean() })).optional(),
  to: z.object({
    text: z.string(),
    member: z.string(),
    holes: z.array(
      z.object({
        start: offset,
        end: offset,
        parameter: z.int().nonnegative(),
        deferred: z.boolean(),
        shorthand: z.boolean(),
      }),
    ),
    freeNames: z.array(z.string()),
  }),
});

/** A run has thousands of usages and a handful of moves, which are the same objects in all of them: checked once. */
function once<T extends z.ZodType>(schema: T): z.ZodType<z.infer<T>> {
  const passed = new WeakSet<object>();
  return z.custom<z.infer<T>>((value) => {
    if (typeof value !== 'object' || value === null) return false;
    if (!passed.has(value) && schema.safeParse(value).success) passed.add(value);
    return passed.has(value);
  });
}

const mappings = once(z.array(mapping));
const deprecated = once(z.object({ export: exportRef, mappings }));
const exportMove = once(
  z.object({
    kind: z.literal('export'),
    canonical: exportRef,
    replaces: z.array(deprecated),
    inPlace: mappings,
    imports: z.map(z.string(), exportRef),
  }),
);
const moduleMove = once(z.object({ kind: z.literal('module'), canonical: moduleRef, replaces: z.array(moduleRef) }));

const subject = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('specifier'),
    module: moduleRef,
    moves: z.array(z.union([exportMove, moduleMove])),
    stub: z.object({ of: targetPath, from: targetPath }).optional(),
  }),
  z.object({ kind: z.literal('outdated'), by: targetPath }),
  z.object({
    kind: z.literal('mention'),
    module: moduleRef,
    moves: z.array(z.union([exportMove, moduleMove])),
    to: z.string().optional(),
  }),
  z.object({
    kind: z.literal('member'),
    name: z.string(),
    candidates: z.array(z.object({ move: exportMove, deprecated: deprecated.optional(), mappings })),
  }),
  z.object({
    kind: z.literal('export'),
    name: z.string(),
    candidates: z.array(z.object({ move: exportMove, deprecated })),
  }),
]);

const verdict = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('proven'),
    proof: z.object({ how: z.enum(['symbol', 'override', 'module']), declaration: place, name: z.string() }),
    candidate: z.int(),
  }),
  z.object({ kind: z.literal('unrelated'), reason }),
  z.object({ kind: z.literal('unclear'), reason }),
]);

/** What became of one usage, as a stored record has it (`Outcome` in rewrite/file-change.ts). */
export const outcome = z.object({
  usage: z.object({ id: z.string(), place, text: z.string(), subject, verdict }),
  result: z.enum(['edited', 'review', 'left']),
  reason: reason.optional(),
});
