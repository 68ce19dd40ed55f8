let held;
try {
  held = require('../legacy/old-router');
} catch {
  held = { OldRouter: class {} };
}
new held.OldRouter();
const chosen = process.env.ROUTER ? require('../legacy/old-router') : require('./mine');
new chosen.OldRouter();
