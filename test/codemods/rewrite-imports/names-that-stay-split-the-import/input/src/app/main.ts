import { MessageRouter, helper, Route } from "../core/message-router"
import { z } from "zod"

export const router = [new MessageRouter(), helper, z] as Route[]
