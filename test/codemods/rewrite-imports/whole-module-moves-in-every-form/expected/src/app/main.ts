import { now } from '../time/clock';
import '../time/clock';
import clock = require('../time/clock');
export * from '../time/clock';
type Clock = import('../time/clock').Clock;
vi.mock('../time/clock', () => ({ now: vi.fn() }));
const actual = await vi.importActual('../time/clock');
export { now, clock, type Clock, actual };
