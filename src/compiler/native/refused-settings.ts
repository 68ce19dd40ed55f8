import type { RefusedSetting } from '../contract.ts';
import { locateSetting } from '../projects/locate-setting.ts';
import type { OpenProgram } from './programs.ts';

/** An option, or a value of it, that this version of TypeScript has no more. */
const REMOVED = new Set([5102, 5108]);

/** The settings of a program's configuration that TypeScript refuses, each with where it stands. */
export function refusedSettings(
  { planned, project }: OpenProgram,
  read: (file: string) => string | undefined,
): readonly RefusedSetting[] {
  const config = planned.config.extends;
  if (config === undefined) return [];
  return project.program.getProgramDiagnostics().flatMap(({ code, text }): readonly RefusedSetting[] => {
    const [, name, value] = (REMOVED.has(code) && /^Option '([^'=]+)(?:=([^']+))?'/.exec(text)) || [];
    return name === undefined
      ? []
      : [{ name, ...(value !== undefined && { value }), ...locateSetting(config, name, read) }];
  });
}
