const { OldRouter } = require('./old');
new OldRouter().register_handler('a');
module.exports = function use(router) {
  router.register_handler('a');
};
