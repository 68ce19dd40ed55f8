function load() {
  const { helper, OldRouter = null } = require('../legacy/old-router'), other = 1;
  const { MessageRouter, ...rest } = require('../core/message-router');
  if (other) {
    let { 'OldRouter': Named, more } = require('../legacy/old-router');
    return [helper, OldRouter, Named, more, MessageRouter, rest];
  }
}
