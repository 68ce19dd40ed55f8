import { OldRouter } from '../legacy/old-router';

export namespace Routers {
  export const MessageRouter = 'name';
}
export namespace Routers {
  export const made = new OldRouter(MessageRouter);
}
