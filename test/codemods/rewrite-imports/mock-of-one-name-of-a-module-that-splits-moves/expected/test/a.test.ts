import { MessageRouter } from '../src/router/message-router';
import { Route } from '../src/router/route';

vi.mock('../src/router/message-router', () => ({ MessageRouter: vi.fn() }));
new MessageRouter() as Route;
