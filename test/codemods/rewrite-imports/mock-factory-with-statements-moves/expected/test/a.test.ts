import { MessageRouter as Mocked } from '../src/router/message-router';

vi.mock('../src/router/message-router', () => {
  const OldRouter = vi.fn();
  OldRouter.prototype.stop = vi.fn();
  return { MessageRouter: OldRouter };
});
new Mocked();
