let held;
try {
  held = require('../legacy/old-router');
} catch {
  held = null;
}
if (held) new held.OldRouter();
const chosen = process.env.ROUTER ? require('../legacy/old-router') : undefined;
chosen?.OldRouter;
const { OldRouter } = process.env.ROUTER ? require("../legacy/old-router") : {};
let Taken;
try {
  ({ OldRouter: Taken } = require('../legacy/old-router'));
} catch (error) {
  Taken = error;
}
const either = process.env.ROUTER ? require('../core/audit').Audit : OldRouter;
const module_ = require('../legacy/old-router'), other = 1;
const { OldRouter: apart } = module_;
module.exports = { either, other, apart, Taken };
