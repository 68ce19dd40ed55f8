import { MessageRouter as OldRouter } from '../router/message-router';

export namespace Routers {
  export const MessageRouter = 'name';
}
export namespace Routers {
  export const made = new OldRouter(MessageRouter);
}
