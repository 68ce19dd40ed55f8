import type { MessageRouter, Other } from "../core/message-router" with { "resolution-mode": "import" }
import type { Route } from "../core/message-router"
import type { Kept } from "../router/route" with { "resolution-mode": "import" }
import type { Audit } from "../core/audit" with { "resolution-mode": "require" }
import clock from "../util/old-clock" with { type: "json" }

export type All = [MessageRouter, Other, Route, Kept, Audit, typeof clock]
