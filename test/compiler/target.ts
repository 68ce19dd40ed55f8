import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decode } from '../../src/base/source-text.ts';
import type { CompilerSession, Declaration, OpenOptions, Resolution } from '../../src/compiler/contract.ts';
import { openCompiler } from '../../src/compiler/open.ts';
import { afterThisTest } from '../clean-up.ts';

/** A small target in a temporary folder, and the compilers opened over it; both end with the test. */
export class Target {
  readonly root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'reroute-compiler-')));
  readonly #compilers: CompilerSession[] = [];

  constructor(files: Readonly<Record<string, string | object>>) {
    for (const [file, content] of Object.entries(files)) this.write(file, content);
  }

  write(file: string, content: string | object): void {
    const target = this.file(file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
  }

  file(relative: string): string {
    return path.posix.join(this.root, relative);
  }

  /** The file's text as offsets count it. */
  text(relative: string): string {
    const source = decode(readFileSync(this.file(relative)));
    if (typeof source === 'string') throw new Error(source);
    return source.text;
  }

  /** The offset of the n-th `needle` (1-based) in a file. */
  at(relative: string, needle: string, nth = 1): number {
    let offset = -1;
    for (let i = 0; i < nth; i++) offset = this.text(relative).indexOf(needle, offset + 1);
    if (offset < 0) throw new Error(`no ${needle} in ${relative}`);
    return offset;
  }

  /** The offsets of a word in a file. */
  all(relative: string, word: string): number[] {
    return [...this.text(relative).matchAll(new RegExp(`\\b${word}\\b`, 'g'))].map((match) => match.index);
  }

  open(files: readonly string[], options: Partial<OpenOptions> = {}): CompilerSession {
    const compiler = openCompiler({ root: this.root, files: files.map((file) => this.file(file)), ...options });
    this.#compilers.push(compiler);
    return compiler;
  }

  /** What the n-th `needle` of a file resolves to, as {@link tell} says it. */
  resolve(compiler: CompilerSession, relative: string, needle: string, nth = 1): string {
    return this.tell(compiler.resolve(this.file(relative), [this.at(relative, needle, nth)])[0]!);
  }

  /** `method Router.add in src/router.ts`, several joined with ` | `. */
  tell(resolution: Resolution): string {
    if (resolution.kind === 'nothing') return 'nothing';
    if (resolution.kind === 'unknown') return `unknown: ${resolution.why}`;
    if (resolution.kind === 'module') return `module ${this.relative(resolution.file)}`;
    return resolution.declarations.map((each) => this.tellDeclaration(each)).join(' | ');
  }

  tellDeclaration({ kind, owner, name, file }: Declaration): string {
    const full = owner === undefined ? name : `${owner.name === '' ? owner.kind : owner.name}.${name}`;
    return `${kind} ${full} in ${this.relative(file)}`;
  }

  relative(file: string): string {
    return path.posix.relative(this.root, file);
  }

  remove(): void {
    for (const compiler of this.#compilers) compiler.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function makeTarget(files: Readonly<Record<string, string | object>>): Target {
  const target = new Target(files);
  afterThisTest(() => target.remove());
  return target;
}

/** A configuration as a strict TypeScript project has it. */
export const STRICT = {
  compilerOptions: { strict: true, target: 'es2022', module: 'nodenext', types: [], noEmit: true },
  include: ['src'],
};
