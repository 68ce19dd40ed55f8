import { now } from '../util/old-clock';
import '../util/old-clock';
import clock = require('../util/old-clock');
export * from '../util/old-clock';
type Clock = import('../util/old-clock').Clock;
vi.mock('../util/old-clock', () => ({ now: vi.fn() }));
const actual = await vi.importActual('../util/old-clock');
export { now, clock, type Clock, actual };
