"use strict"
const { MessageRouter, helper } = require("../core/message-router")
const { OldRouter } = require("../legacy/old-router")
const { OldRouter: Mine } = require("../legacy/old-router")
const legacy = require("../legacy/old-router")
const Direct = require("../legacy/old-router").OldRouter
const Default = require("../legacy/default-router").default

module.exports = { OldRouter, routers: [MessageRouter, helper, Mine, new legacy.OldRouter(), Direct, Default] }
