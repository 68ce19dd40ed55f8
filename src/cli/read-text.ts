import { TargetView } from '../survey/target-view.ts';

/** Reads files of a target, by path relative to it: the text without byte order mark, `undefined` when there is none. */
export function textReader(root: string): (file: string) => string | undefined {
  const view = new TargetView(root);
  return (file) => {
    const source = view.read(file);
    return typeof source === 'string' ? undefined : source.text;
  };
}
