import type { ExportSurface } from '../compiler/surface.ts';

/** The types of all that an export gives and takes, as they are written where it is declared. */
export function typesOf({ signatures, members, statics, type }: ExportSurface): readonly string[] {
  const calls = [...signatures, ...[...members, ...statics].flatMap((member) => member.signatures)];
  const types = [type, ...[...members, ...statics].map((member) => member.type)];
  return [...calls.map(({ text }) => `{ ${text} }`), ...types.filter((text) => text !== '')];
}
