import { RerouteError } from '../base/errors.ts';

/** The error of a mapping that does not parse. `normalise.ts` adds where in the manifest it stands. */
export function badMapping(message: string): RerouteError {
  return new RerouteError({ code: 'MANIFEST_BAD_MAPPING', message });
}
