function load() {
  const { helper, OldRouter = null } = require('../legacy/old-router'), other = 1;
  const { MessageRouter, ...rest } = require('../core/message-router');
  if (other) {
    let { more } = require('../legacy/old-router');
    let { MessageRouter: Named } = require('../router/message-router');
    return [helper, OldRouter, Named, more, MessageRouter, rest];
  }
}
