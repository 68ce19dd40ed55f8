const { MessageRouter } = require('../src/router/message-router');

jest.mock('../src/router/message-router', () => {
  const actual = jest.requireActual('../src/router/message-router');
  return { __esModule: true, ...actual, MessageRouter: jest.fn(() => new actual.MessageRouter()) };
});
jest.mock('../src/router/message-router', function () {
  return { MessageRouter };
}, { virtual: true });
jest.doMock('../src/router/message-router', () => ({ ...jest.requireActual('../src/router/message-router'), MessageRouter: 1 }));
jest.setMock('../src/router/message-router', { MessageRouter: class {} });
jest.unmock('../src/router/message-router');
jest.dontMock('../src/router/message-router');
jest.unstable_mockModule('../src/router/message-router', () => ({ MessageRouter: null }));
const { MessageRouter: Actual } = jest.requireActual('../src/router/message-router');
const mocked = jest.requireMock('../src/router/message-router');
mocked.MessageRouter.mockReset();
const auto = jest.createMockFromModule('../src/router/message-router').MessageRouter;
jest.spyOn(require('../src/router/message-router'), 'MessageRouter').mockReturnValue([Actual, auto]);
