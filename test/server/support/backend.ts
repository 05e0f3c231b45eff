import { after } from 'node:test';
import { Composio } from '@composio/core';
import { type Emulator, startEmulator } from '../../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../../demo/provider/start-provider.js';
import { type AuditEvent, type ConnectHandlerOptions, createConnectHandler } from '../../../src/server.js';
import { FormBrowser } from '../../emulator/support/form-browser.js';
import { loadProtocolContract } from './protocol-contract.js';

/** Public origin of the host under test. On this machine, because the emulator's links are plain http. */
export const ORIGIN = 'http://localhost:3000';
export const CALLBACK = `${ORIGIN}/api/connect/callback`;
export const SECRET = 'a secret of the tests, 32 bytes or more';

/** Judges every request and answer of every test. */
const CONTRACT = loadProtocolContract();

/** How a request differs from one that the page of a signed-in Ada would send. */
export interface SendOptions {
  /** Whom the host's session knows; `null` for nobody. Default `user_ada`. */
  readonly as?: string | null;
  /** Sent as JSON; a string goes as it is. */
  readonly body?: unknown;
  /** `undefined` takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** An answer, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: AnswerBody;
}

/** Every key that some answer has, so that tests read without casts; those that are missing are `undefined`. */
export interface AnswerBody {
  readonly id: string;
  readonly status: string;
  readonly redirectUrl: string;
  readonly expiresAt: string;
  readonly connectedAccountId: string;
  readonly items: readonly Record<string, unknown>[];
  readonly nextCursor: string | null;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly requestId: string;
    readonly fieldErrors?: Record<string, string>;
    readonly connectedAccountId?: string;
  };
}

/** A handler and what it told its audit log. */
export interface TestHandler {
  readonly handle: (request: Request) => Promise<Response>;
  isBound(connectedAccountId: string): Promise<boolean>;
  readonly events: readonly AuditEvent[];
  /** @param path below `/api/connect` */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
}

export interface Backend {
  readonly emulator: Emulator;
  readonly provider: Provider;
  readonly composio: Composio;
  createHandler(options?: Partial<ConnectHandlerOptions>): TestHandler;
  /** A browser without cookies, to follow links in. */
  openBrowser(): FormBrowser;
}

/** Starts an emulated Composio with the real SDK in front, for all tests of a file. */
export async function startBackend(): Promise<Backend> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  after(() => Promise.all([emulator.close(), provider.close()]));
  const composio = new Composio({
    apiKey: emulator.apiKey,
    baseURL: emulator.origin,
    allowTracking: false,
    disableVersionCheck: true,
  });
  return {
    emulator,
    provider,
    composio,
    createHandler: (options) => createTestHandler({ composio, ...options }),
    openBrowser: () => new FormBrowser(emulator.origin, provider.origin),
  };
}

/** A handler whose host knows its users by a header. */
export function createTestHandler(options: Partial<ConnectHandlerOptions> & Pick<ConnectHandlerOptions, 'composio'>) {
  const events: AuditEvent[] = [];
  const handleUnjudged = createConnectHandler({
    identify: (request) => {
      const userId = request.headers.get('x-test-user');
      return userId === null ? null : { userId };
    },
    secret: SECRET,
    origin: ORIGIN,
    store: 'memory',
    onAudit: (event) => events.push(event),
    ...options,
  });
  const basePath = options.basePath ?? '/api/connect';
  const handle = async (request: Request): Promise<Response> => {
    const response = await handleUnjudged(request);
    const { pathname } = new URL(request.url);
    const isBelow = pathname.startsWith(`${basePath}/`);
    if (isBelow) await CONTRACT.judgeAnswer(request.method, pathname.slice(basePath.length), response);
    return response;
  };
  const handler: TestHandler = {
    handle,
    isBound: handleUnjudged.isBound,
    events,
    send: async (method, path, options) => {
      const answer = await readAnswer(await handle(createRequest(method, path, options)));
      if (answer.status < 300 && typeof options?.body === 'object') CONTRACT.judgeBody(method, path, options.body);
      return answer;
    },
  };
  return handler;
}

/** The request that a page of the app would send. */
export function createRequest(
  method: string,
  path: string,
  { as = 'user_ada', body, headers }: SendOptions = {},
): Request {
  const all = {
    ...(as !== null && { 'x-test-user': as }),
    ...(method !== 'GET' && { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const present = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Request(`${ORIGIN}/api/connect${path}`, {
    method,
    headers: present,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}
