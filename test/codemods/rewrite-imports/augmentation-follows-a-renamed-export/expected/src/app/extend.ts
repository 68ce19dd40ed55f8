export {};

declare module '../router/message-router' {
  interface MessageRouter {
    extra(other: MessageRouter): void;
  }
}

declare module '../time/clock' {
  interface Clock {
    extra: number;
  }
}

declare module '../core/message-router' {
  interface MessageRouter {
    extra: number;
  }
  interface Unmoved {
    extra: number;
  }
}
