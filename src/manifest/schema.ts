import { z } from 'zod';
import { quoted } from '../base/quoted.ts';
import type { KeyPath } from './key-path.ts';
import { didYouMean } from './nearest-name.ts';
import type { Problems } from './problems.ts';

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

const text = z.string().regex(/\S/, 'allowed: a text that is not empty');
const plainName = z.string().regex(PLAIN_NAME, "allowed: letters, digits, '.', '_' and '-'");
const texts = z.record(z.string(), text);
const shared = { members: texts.optional(), imports: texts.optional() };

/**
 * The parts of `MigrationInput`. Where the input may have several forms, the outer schema takes anything and the form
 * that was meant is checked on its own, so that a problem is told in that form's words.
 */
export const schemas = {
  manifest: z.strictObject({
    name: z.unknown().optional(),
    canonical: z.unknown().optional(),
    review: z.unknown().optional(),
    dependencies: z.unknown().optional(),
    deprecation: z.unknown().optional(),
    mentions: z.unknown().optional(),
    fallback: z.unknown().optional(),
    phases: z.unknown().optional(),
    gates: z.unknown().optional(),
  }),
  name: plainName,
  canonical: z.record(z.string(), z.record(z.string(), z.unknown())),
  moduleMove: z.strictObject({
    exports: z.literal('*'),
    replaces: z.array(text).min(1, 'allowed: at least one module'),
  }),
  exportMove: z.strictObject({
    replaces: z.array(z.unknown()).optional(),
    ...shared,
    overrides: texts.optional(),
    deprecation: z.unknown().optional(),
  }),
  deprecation: z.strictObject({
    since: text.optional(),
    until: text.optional(),
    phase: z.enum(['pending', 'warn', 'error']).optional(),
    link: text.optional(),
  }),
  deprecated: z.strictObject({ export: text, ...shared }),
  review: texts,
  dependencies: texts,
  mentions: z.boolean(),
  fallback: z.boolean(),
  phases: z.array(z.unknown()).min(1, 'allowed: at least one phase; leave phases out for the usual ones'),
  phase: z.strictObject({
    name: plainName,
    files: z.array(text).min(1, "allowed: at least one glob; leave files out for ['**']").optional(),
    steps: z.array(z.unknown()).min(1, "allowed: 'proxies', 'imports', 'members', 'retire', { codemod: '<path>' }"),
    gates: z.array(z.unknown()).optional(),
  }),
  codemod: z.strictObject({
    codemod: text,
    options: z.record(z.string(), z.unknown()).optional(),
    seconds: z.number().positive('allowed: more than 0').max(86_400, 'allowed: at most 86400').optional(),
    megabytes: z.int('allowed: a whole number').min(64, 'allowed: 64 or more').optional(),
  }),
  gates: z.array(z.unknown()),
  budgetGate: z.strictObject({ budget: z.int('allowed: a whole number').min(0, 'allowed: 0 or more') }),
  commandGate: z.strictObject({
    command: text,
    shell: z.boolean().optional(),
    seconds: z.number().positive('allowed: more than 0').optional(),
    retries: z.int('allowed: a whole number').min(0, 'allowed: 0 or more').optional(),
    noNewFailures: z.boolean().optional(),
  }),
};

/** The value as the schema has it, or `undefined` when problems were added. */
export function check<T>(schema: z.ZodType<T>, value: unknown, path: KeyPath, problems: Problems): T | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const inner = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code === 'unrecognized_keys') {
      const allowed = keysOf(schema);
      for (const key of issue.keys) problems.add([...path, ...inner, key], unknownKey(key, allowed));
    } else problems.add([...path, ...inner], `${describe(valueAt(value, inner))}; ${allowedBy(issue)}`);
  }
  return undefined;
}

/** `found 'x'`, `found a number (3)`, `is missing`: the value as a message says it. */
export function describe(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'found null';
  if (typeof value === 'string') return `found ${quoted(value)}`;
  if (Array.isArray(value)) return value.length === 0 ? 'found an empty list' : 'found a list';
  if (typeof value === 'object') return 'found an object';
  if (typeof value === 'function') return 'found a function';
  return `found ${typeof value === 'bigint' || typeof value === 'symbol' ? `a ${typeof value}` : String(value)}`;
}

function unknownKey(key: string, allowed: readonly string[]): string {
  return `there is no such key; allowed: ${allowed.join(', ')}${didYouMean(key, allowed)}`;
}

/** Unknown keys are only ever those of the schema that is checked: nested forms are checked on their own. */
function keysOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  throw new Error('only an object has keys that it does not know');
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
};

function allowedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `allowed: ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `allowed: ${issue.values.map((each) => quoted(String(each))).join(', ')}`;
  return issue.message;
}

function valueAt(value: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);
}
