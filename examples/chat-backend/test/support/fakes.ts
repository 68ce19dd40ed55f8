import type { RawSocket } from '../../src/services/websocket/connection_manager';

type Sent = Record<string, unknown> & { readonly type: string };

export class FakeSocket implements RawSocket {
  readyState = 1;
  readonly sent: Sent[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  types(): string[] {
    return this.sent.map(({ type }) => type);
  }
}

export class FakeConnection {
  readonly sent: Sent[] = [];

  constructor(
    readonly id = 'c1',
    private readonly accepts = true,
  ) {}

  send(event: object): boolean {
    this.sent.push(event as Sent);
    return this.accepts;
  }
}

export class FakeClock {
  now = 1_700_000_000_000;
  readonly read = (): number => this.now;

  pass(milliseconds: number): void {
    this.now += milliseconds;
  }
}
