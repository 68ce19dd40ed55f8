const { OldRouter, extra } = require("../legacy/old-router")

const one = new OldRouter()
one.register_handler("b", () => one.stop())
module.exports = { OldRouter, extra }
