/** How a terminal shows emphasis. The cli makes one from what the terminal can do; a pipe gets {@link plain}. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const same = (text: string): string => text;

/** No colours and no emphasis. */
export const plain: Palette = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
