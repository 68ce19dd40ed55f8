import type { Other } from "../core/message-router" with { "resolution-mode": "import" }
import type { MessageRouter } from "../router/message-router" with { "resolution-mode": "import" }
import type { Route } from "../router/route"
import type { Kept } from "../router/route" with { "resolution-mode": "import" }
import type { Audit } from "../router/audit" with { "resolution-mode": "require" }
import clock from "../time/clock" with { type: "json" }

export type All = [MessageRouter, Other, Route, Kept, Audit, typeof clock]
