export {};

declare module '../legacy/old-router' {
  interface OldRouter {
    extra(other: OldRouter): void;
  }
}

declare module '../util/old-clock' {
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
