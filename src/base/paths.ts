import path from 'node:path';

/** A path with `/` between its segments, whatever the platform writes. */
export function toPosix(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

/** Whether `file` lies inside `folder` or is it; both absolute. Links are not followed. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}

/** The file relative to the target's root, with `/` between segments; `undefined` when it lies outside. */
export function relativeToRoot(root: string, file: string): string | undefined {
  return isInside(root, file) ? toPosix(path.relative(root, file)) : undefined;
}
