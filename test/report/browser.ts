import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** A page in a real headless Chromium, driven over its debugging pipe. */
export interface Page {
  /** The value of an expression in the page, as JSON carries it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses a key: `Tab`, `Enter`, `Escape`, or a character. */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Moves the mouse to the middle of the element. */
  hover(selector: string): Promise<void>;
  /** Sizes the window, in CSS pixels. */
  resize(width: number, height: number): Promise<void>;
  /** A picture of what the window shows. */
  screenshot(file: string): Promise<void>;
  /** What the console and the content security policy said since the page was opened. */
  readonly complaints: readonly string[];
  /** The addresses that the page asked for, its own included. */
  readonly requests: readonly string[];
}

export interface Browser {
  open(html: string): Promise<Page>;
  close(): Promise<void>;
}

/** Chromium, from `CHROMIUM` or under one of its usual names. Throws when there is none: these tests need one. */
export async function launch(): Promise<Browser> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'reroute-browser-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  flags.push('--disable-component-update', '--disable-sync', `--user-data-dir=${path.join(folder, 'profile')}`);
  const child = spawn(findChromium(), [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const wire = new Wire(child);
  const pages = { opened: 0 };
  return {
    open: async (html) => {
      const file = path.join(folder, `page-${pages.opened++}.html`);
      await writeFile(file, html);
      return openPage(wire, pathToFileURL(file).href);
    },
    close: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await wire.send('Browser.close').catch(() => child.kill());
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function findChromium(): string {
  const names = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'].filter(
    (name) => name !== undefined,
  );
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (!found)
    throw new Error(
      `no Chromium: install one (apt-get install chromium) or name it in CHROMIUM; tried ${names.join(', ')}`,
    );
  return found;
}

type Params = Readonly<Record<string, unknown>>;
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: { readonly message: string };
}

/** The DevTools protocol over file descriptors 3 and 4: JSON messages that end in a NUL. */
class Wire {
  readonly #out: Writable;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #last = 0;
  #rest = '';

  constructor(child: ChildProcess) {
    this.#out = child.stdio[3] as Writable;
    const input = child.stdio[4] as Readable;
    input.setEncoding('utf8');
    input.on('data', (chunk: string) => {
      const messages = (this.#rest + chunk).split('\0');
      this.#rest = messages.pop()!;
      for (const message of messages) this.#receive(JSON.parse(message));
    });
  }

  #receive(message: Message): void {
    if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
    else for (const listener of this.#listeners) listener(message);
  }

  on(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }

  send(method: string, params: Params = {}, sessionId?: string): Promise<Params> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error) reject(new Error(`${method}: ${error.message}`));
        else resolve(result!);
      });
      this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }
}

const KEYS: Readonly<Record<string, Params>> = {
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Escape: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
};

async function openPage(wire: Wire, url: string): Promise<Page> {
  // A context of its own: what one page remembers is not there for the next.
  const { browserContextId } = await wire.send('Target.createBrowserContext');
  const { targetId } = await wire.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await wire.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params?: Params) => wire.send(method, params, sessionId as string);
  const complaints: string[] = [];
  const requests: string[] = [];
  const loaded = new Promise<void>((resolve) => {
    wire.on(({ method, params, sessionId: from }) => {
      if (from !== sessionId) return;
      if (method === 'Page.loadEventFired') resolve();
      if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown') complaints.push(JSON.stringify(params));
      if (method === 'Network.requestWillBeSent') requests.push((params!.request as { url: string }).url);
    });
  });
  for (const domain of ['Page', 'Log', 'Runtime', 'Network']) await send(`${domain}.enable`);
  await send('Page.navigate', { url });
  await loaded;

  const evaluate = async <T>(expression: string): Promise<T> => {
    const answer = await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails));
    return (answer.result as { value: T }).value;
  };
  return {
    evaluate,
    complaints,
    requests,
    press: async (key) => {
      const event = KEYS[key] ?? { key, text: key };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    type: async (text) => {
      await send('Input.insertText', { text });
    },
    hover: async (selector) => {
      const found = `document.querySelector(${JSON.stringify(selector)})`;
      await evaluate(`${found}.scrollIntoView({ block: 'center' })`);
      // What comes into view is laid out only then, and moves what is near it.
      await evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
      const [x, y] = await evaluate<[number, number]>(
        `(() => { const r = ${found}.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()`,
      );
      await send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    },
    resize: async (width, height) => {
      await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    },
    screenshot: async (file) => {
      const { data } = await send('Page.captureScreenshot');
      await writeFile(file, Buffer.from(data as string, 'base64'));
    },
  };
}
