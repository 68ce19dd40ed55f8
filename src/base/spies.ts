/** Functions of test libraries that take an object and the name of its member: `spyOn(router, 'add')`. */
export const SPIES: ReadonlySet<string> = new Set(['spyOn', 'replaceProperty', 'stub', 'spy', 'stubProperty']);
