/** Whether something may be gone, and why. */
export interface Due {
  readonly holds: boolean;
  readonly text: string;
}

/** The version that a target says it has; `undefined`: no package.json says any. */
export interface TargetVersion {
  readonly file: string;
  readonly version: string;
}

/**
 * Whether what the manifest's `deprecation.until` says has come. A date has passed when it has begun, in UTC. A version
 * has passed when the nearest package.json of the target has reached it: a release that announces it does not count
 * before it is made.
 */
export function due(until: string, now: Date, target: TargetVersion | undefined): Due {
  if (/^\d{4}-\d\d-\d\d/.test(until)) {
    const at = Date.parse(until);
    if (Number.isNaN(at)) return { holds: false, text: `until '${until}' is no date that there is` };
    const days = Math.ceil((at - now.getTime()) / 86_400_000);
    if (days <= 0) return { holds: true, text: `until ${until}, which has passed` };
    return { holds: false, text: `until ${until}, in ${days} ${days === 1 ? 'day' : 'days'}` };
  }
  const wanted = versionOf(until);
  if (!wanted) {
    return { holds: false, text: `until '${until}' is neither a date (2027-03-01) nor a version (3.0.0)` };
  }
  const has = target && versionOf(target.version);
  if (!target || !has)
    return { holds: false, text: `until version ${until}, and no package.json here says which one this is` };
  const holds = compareVersions(has, wanted) >= 0;
  return { holds, text: `until version ${until}; ${target.file} ${holds ? 'has' : 'is at'} ${target.version}` };
}

interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: readonly string[];
}

/** `v3`, `3.1`, `3.0.0-beta.2+build`. */
function versionOf(text: string): Version | undefined {
  const [match, numbers, prerelease = ''] = /^v?(\d+(?:\.\d+){0,2})(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text) ?? [];
  if (match === undefined) return undefined;
  return { numbers: numbers!.split('.').map(Number), prerelease: prerelease === '' ? [] : prerelease.split('.') };
}

/** The precedence of versions. Source: https://semver.org, 11. */
function compareVersions(a: Version, b: Version): number {
  for (let n = 0; n < 3; n++) {
    const difference = (a.numbers[n] ?? 0) - (b.numbers[n] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length;
  for (const [n, one] of a.prerelease.entries()) {
    const other = b.prerelease[n];
    if (other === undefined) return 1;
    if (one === other) continue;
    const areNumbers = /^\d+$/.test(one) && /^\d+$/.test(other);
    if (areNumbers) return Number(one) - Number(other);
    return /^\d+$/.test(one) || (!/^\d+$/.test(other) && one < other) ? -1 : 1;
  }
  return a.prerelease.length - b.prerelease.length;
}
