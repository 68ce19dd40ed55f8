vi.mock('../src/legacy/old-router', () => ({ OldRouter: vi.fn() }));
vi.mock('../src/core/message-router', () => ({ MessageRouter: vi.fn() }));
