"use strict"
const { helper } = require("../core/message-router")
const { MessageRouter } = require("../router/message-router")
const { MessageRouter: OldRouter } = require("../router/message-router")
const { MessageRouter: Mine } = require("../router/message-router")
const legacy = require("../router/message-router")
const Direct = require("../router/message-router").MessageRouter
const Default = require("../router/message-router").MessageRouter

module.exports = { OldRouter, routers: [MessageRouter, helper, Mine, new legacy.MessageRouter(), Direct, Default] }
