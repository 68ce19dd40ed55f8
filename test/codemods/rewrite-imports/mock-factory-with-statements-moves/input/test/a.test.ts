import { OldRouter as Mocked } from '../src/legacy/old-router';

vi.mock('../src/legacy/old-router', () => {
  const OldRouter = vi.fn();
  OldRouter.prototype.stop = vi.fn();
  return { OldRouter };
});
new Mocked();
