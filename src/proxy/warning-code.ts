import { sha256 } from '../base/hashes.ts';

/**
 * The code of a deprecated thing's warnings, `REROUTE_MESSAGE_ROUTER_482113`. The number comes from the id alone: whoever
 * mutes it with `--disable-warning` mutes the same thing after the manifest has grown.
 */
export function warningCode(migration: string, id: string): string {
  const number = Number.parseInt(sha256(id).slice(0, 12), 16) % 1_000_000;
  return `REROUTE_${migration.replace(/[^a-z0-9]+/gi, '_').toUpperCase()}_${number}`;
}
