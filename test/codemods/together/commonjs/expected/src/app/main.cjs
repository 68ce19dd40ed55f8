const { extra } = require("../legacy/old-router")
const { MessageRouter } = require("../router/message-router")
const { handlerFor } = require("../router/handler-for")

const one = new MessageRouter()
one.addHandler(handlerFor("b", () => one.shutdown({ force: true })))
module.exports = { OldRouter: MessageRouter, extra }
