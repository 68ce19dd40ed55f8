const { Router } = require('./router');
new Router().addHandler('a');
module.exports = function use(router) {
  router.register_handler('a');
};
