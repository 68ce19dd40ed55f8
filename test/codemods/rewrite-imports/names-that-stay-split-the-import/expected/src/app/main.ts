import { helper } from "../core/message-router"
import { MessageRouter } from "../router/message-router"
import { Route } from "../router/route"
import { z } from "zod"

export const router = [new MessageRouter(), helper, z] as Route[]
