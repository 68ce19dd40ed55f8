const { OldRouter } = require('../src/legacy/old-router');

jest.mock('../src/legacy/old-router', () => {
  const actual = jest.requireActual('../src/legacy/old-router');
  return { __esModule: true, ...actual, OldRouter: jest.fn(() => new actual.OldRouter()) };
});
jest.mock('../src/legacy/old-router', function () {
  return { OldRouter };
}, { virtual: true });
jest.doMock('../src/legacy/old-router', () => ({ ...jest.requireActual('../src/legacy/old-router'), OldRouter: 1 }));
jest.setMock('../src/legacy/old-router', { OldRouter: class {} });
jest.unmock('../src/legacy/old-router');
jest.dontMock('../src/legacy/old-router');
jest.unstable_mockModule('../src/legacy/old-router', () => ({ OldRouter: null }));
const { OldRouter: Actual } = jest.requireActual('../src/legacy/old-router');
const mocked = jest.requireMock('../src/legacy/old-router');
mocked.OldRouter.mockReset();
const auto = jest.createMockFromModule('../src/legacy/old-router').OldRouter;
jest.spyOn(require('../src/legacy/old-router'), 'OldRouter').mockReturnValue([Actual, auto]);
