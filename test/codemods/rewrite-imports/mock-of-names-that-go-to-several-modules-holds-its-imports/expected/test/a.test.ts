import { MessageRouter, Route } from '../src/core/message-router';

vi.mock('../src/core/message-router', () => ({ MessageRouter: vi.fn(), Route: {} }));
new MessageRouter() as Route;
