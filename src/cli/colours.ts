import picocolors from 'picocolors';
import { type Palette, plain } from '../report/palette.ts';

export interface ColourChoice {
  /** `--color` or `--no-color`; `undefined` when neither was given. */
  readonly flag: boolean | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly isTerminal: boolean;
}

/**
 * The palette for one stream. The flag wins; then `NO_COLOR` (https://no-color.org), then `FORCE_COLOR`, then whether the
 * stream is a terminal that is not `dumb`.
 */
export function choosePalette({ flag, env, isTerminal }: ColourChoice): Palette {
  return wantsColour(flag, env, isTerminal) ? picocolors.createColors(true) : plain;
}

function wantsColour(flag: boolean | undefined, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}
