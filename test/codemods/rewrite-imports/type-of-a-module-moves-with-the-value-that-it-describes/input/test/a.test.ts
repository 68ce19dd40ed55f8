let held: typeof import('../src/legacy/old-router');
beforeEach(async () => {
  vi.resetModules();
  held = await import('../src/legacy/old-router');
});
test('a', () => new held.OldRouter());
const cast = require('../src/legacy/old-router') as typeof import('../src/legacy/old-router');
const actual = await vi.importActual<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
const { OldRouter } = jest.requireActual<typeof import('../src/legacy/old-router')>('../src/legacy/old-router');
export const all = [new cast.OldRouter(), actual.OldRouter, OldRouter];
