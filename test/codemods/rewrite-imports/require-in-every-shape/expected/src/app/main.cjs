"use strict"
const { helper } = require("../core/message-router")
const { MessageRouter, MessageRouter: Mine } = require("../router/message-router")
const legacy = require("../router/message-router")
const Direct = require("../router/message-router").MessageRouter
const Default = require("../router/message-router").MessageRouter

module.exports = { OldRouter: MessageRouter, routers: [MessageRouter, helper, Mine, new legacy.MessageRouter(), Direct, Default] }
