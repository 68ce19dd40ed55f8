let held;
try {
  held = require('../router/message-router');
} catch {
  held = null;
}
if (held) new held.MessageRouter();
const chosen = process.env.ROUTER ? require('../router/message-router') : undefined;
chosen?.MessageRouter;
const { MessageRouter: OldRouter } = process.env.ROUTER ? require("../router/message-router") : {};
let Taken;
try {
  ({ MessageRouter: Taken } = require('../router/message-router'));
} catch (error) {
  Taken = error;
}
const either = process.env.ROUTER ? require('../router/audit').Audit : OldRouter;
const module_ = require('../router/message-router'), other = 1;
const { MessageRouter: apart } = module_;
module.exports = { either, other, apart, Taken };
