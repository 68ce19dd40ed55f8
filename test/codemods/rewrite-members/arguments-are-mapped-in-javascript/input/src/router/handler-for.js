module.exports.handlerFor = function handlerFor(type, handler) {
  return handler;
};
