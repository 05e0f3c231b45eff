import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { createConnection } from 'node:net';
import type { TestContext } from 'node:test';
import { Composio } from '@composio/core';
import { FormBrowser, type Visit } from '../../../demo/desk/form-browser.js';
import { type Emulator, startEmulator } from '../../../demo/emulator/start-emulator.js';
import type { Provider } from '../../../demo/provider/start-provider.js';
import { startHttpServer } from '../../../demo/start-http-server.js';
import {
  type BindingMode,
  type ConnectHandler,
  type ConnectHandlerOptions,
  createConnectHandler,
  toNodeListener,
} from '../../../src/server.js';
import { createVerifier } from '../../server/support/started-link.js';

export const STAGE_SECRET = 'a secret of the attacks, 32 bytes or more';
const ENDPOINT = '/api/connect';

/** How a request differs from that of the page of a signed-in Ada. */
export interface StageRequest {
  /** `null` for nobody. */
  readonly as?: string | null;
  /** Sent as JSON; a string as it is. */
  readonly body?: unknown;
  /** `undefined` takes a header away. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** An answer, read. The keys are those that some answer has. */
export interface StageAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: {
    readonly id?: string;
    readonly status?: string;
    readonly alias?: string | null;
    readonly redirectUrl?: string;
    readonly nextCursor?: string | null;
    readonly items?: readonly { readonly id: string; readonly status?: string }[];
    readonly error?: { readonly code: string };
  };
}

/** A handler that listens. */
export interface StageHost {
  readonly origin: string;
  readonly handler: ConnectHandler;
  /** @param path below the endpoint */
  send(method: string, path: string, request?: StageRequest): Promise<StageAnswer>;
  /** Writes bytes to a socket of its own, and returns what comes back until it is closed. */
  write(text: string): Promise<string>;
}

/** A link of somebody, with the verifier of the browser that began it. */
export interface StageLink {
  readonly id: string;
  readonly redirectUrl: string;
  readonly verifier: string;
}

/** The real handler behind a real server, an emulated Composio, and the count of what an attacker tries. */
export interface AttackStage {
  readonly binding: BindingMode;
  readonly emulator: Emulator;
  readonly composio: Composio;
  readonly host: StageHost;
  /** ACTIVE accounts of Ada, the attacker, and of Grace. */
  readonly own: string;
  readonly foreign: string;
  /** Counts an attempt, and whether the attacker got what they wanted. */
  judge(isAccepted: boolean, what: string): void;
  /** Starts another handler on the same Composio. */
  start(options?: Partial<ConnectHandlerOptions>): Promise<StageHost>;
  link(host?: StageHost, as?: string, more?: object): Promise<StageLink>;
  /** Somebody signs in at the provider and consents. Returns the address that the browser is sent to. */
  finish(link: StageLink, visit?: Visit): Promise<URL>;
  /** Posts what the callback page posts at an address. */
  comeBack(address: URL, as: string | null, verifier?: string, host?: StageHost): Promise<StageAnswer>;
  /** Returns whether a user holds an account or can make it usable, whatever they press. */
  canUse(id: string, as?: string, host?: StageHost): Promise<boolean>;
}

/** The attempts of one hypothesis. */
export interface AttackCount {
  attempts: number;
  readonly accepted: string[];
}

/** Runs an attack on a stage of its own. */
export async function playOnStage(
  provider: Provider,
  binding: BindingMode,
  run: (stage: AttackStage) => Promise<void>,
): Promise<AttackCount> {
  const emulator = await startEmulator({ provider });
  const closing: (() => Promise<void>)[] = [() => emulator.close()];
  const count: AttackCount = { attempts: 0, accepted: [] };
  try {
    await run(await createStage({ provider, emulator, binding, count, closing }));
    return count;
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
}

interface StageParts {
  readonly provider: Provider;
  readonly emulator: Emulator;
  readonly binding: BindingMode;
  readonly count: AttackCount;
  readonly closing: (() => Promise<void>)[];
}

async function createStage({ provider, emulator, binding, count, closing }: StageParts): Promise<AttackStage> {
  const quiet = { allowTracking: false, disableVersionCheck: true };
  const composio = new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin });
  const start: AttackStage['start'] = async (options) => {
    const { server, host } = await startHost({ composio, binding, ...options });
    closing.push(() => server.close());
    return host;
  };
  const host = await start();
  if (binding === 'verifier') emulator.knobs.verifierUrl = `${host.origin}${ENDPOINT}/callback`;
  const add = (userId: string) => emulator.accounts.add({ userId, authConfigId: 'ac_github' }).id;
  return {
    ...{ binding, emulator, composio, host, start, own: add('user_ada'), foreign: add('user_grace') },
    judge(isAccepted, what) {
      count.attempts += 1;
      if (isAccepted) count.accepted.push(what);
    },
    async link(at = host, as = 'user_ada', more = {}) {
      const { verifier, challenge } = createVerifier();
      const body = { authConfigId: 'ac_github', bindingChallenge: challenge, allowMultiple: true, ...more };
      const { status, json, text } = await at.send('POST', '/connected-accounts/link', { as, body });
      if (status !== 201) throw new Error(`No link: ${status} ${text}`);
      return { id: json.id ?? '', redirectUrl: json.redirectUrl ?? '', verifier };
    },
    finish: async ({ redirectUrl }, visit) =>
      (await new FormBrowser(emulator.origin, provider.origin).follow(redirectUrl, visit)).url,
    comeBack: (address, as, verifier, at = host) =>
      at.send('POST', '/callback', { as, body: { ...reportOf(address), bindingVerifier: verifier } }),
    canUse: (id, as = 'user_ada', at = host) => canUse({ emulator, id, as, host: at }),
  };
}

function reportOf({ searchParams }: URL): object {
  return {
    state: searchParams.get('state') ?? undefined,
    sessionUri: searchParams.get('session_uri') ?? undefined,
    connectedAccountId: searchParams.get('connected_account_id') ?? undefined,
  };
}

interface UseAttempt {
  readonly emulator: Emulator;
  readonly id: string;
  readonly as: string;
  readonly host: StageHost;
}

async function canUse({ emulator, id, as, host }: UseAttempt): Promise<boolean> {
  const path = `/connected-accounts/${id}`;
  for (const enabled of [false, true]) await host.send('PATCH', path, { as, body: { enabled } });
  const { json } = await host.send('GET', path, { as });
  if (json.status === 'ACTIVE' || json.status === 'INACTIVE') return true;
  const list = await host.send('GET', '/connected-accounts?limit=100', { as });
  if (list.json.items?.some((item) => item.id === id && item.status === 'ACTIVE')) return true;
  const account = emulator.accounts.get(id);
  return account?.status === 'ACTIVE' && account.userId === as && (await host.handler.isBound(id));
}

async function startHost(options: Partial<ConnectHandlerOptions> & Pick<ConnectHandlerOptions, 'composio'>) {
  let handler: ConnectHandler | undefined;
  const server = await startHttpServer(
    (origin) => {
      handler = createConnectHandler({
        identify: (request) => {
          const userId = request.headers.get('x-test-user');
          return userId === null ? null : { userId };
        },
        ...{ secret: STAGE_SECRET, origin, store: 'memory' },
        ...options,
      });
      return toNodeListener(handler);
    },
    { host: 'localhost' },
  );
  if (handler === undefined) throw new Error('The handler was not created.');
  const { origin } = server;
  const host: StageHost = {
    origin,
    handler,
    send: (method, path, request) => sendTo(origin, method, `${ENDPOINT}${path}`, request),
    write: (text) => writeTo(Number(new URL(origin).port), text),
  };
  return { server, host };
}

async function sendTo(
  origin: string,
  method: string,
  path: string,
  { as = 'user_ada', body, headers }: StageRequest = {},
): Promise<StageAnswer> {
  const all = {
    ...(as !== null && { 'x-test-user': as }),
    ...(method !== 'GET' && { origin, 'sec-fetch-site': 'same-origin' }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const present = Object.entries(all).filter(([, value]) => value !== undefined);
  // `fetch` would not send a header twice, nor a path as it is.
  const outgoing = httpRequest(origin, { method, path, headers: Object.fromEntries(present) as IncomingHttpHeaders });
  outgoing.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
  const [incoming] = (await once(outgoing, 'response')) as [import('node:http').IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const isJson = incoming.headers['content-type']?.startsWith('application/json') ?? false;
  const json = isJson && text !== '' ? JSON.parse(text) : {};
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text, json };
}

async function writeTo(port: number, text: string): Promise<string> {
  const socket = createConnection({ port, host: 'localhost' });
  socket.setTimeout(5000, () => socket.destroy());
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(text);
  let received = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  await once(socket, 'close');
  return received;
}

/** Statuses that say no. */
export function isRefused({ status }: StageAnswer): boolean {
  return status >= 400 && status < 500;
}

/** Hides what the attacks make the handler log. */
export function silence(context: TestContext): void {
  for (const method of ['error', 'warn', 'info'] as const) context.mock.method(console, method, () => {});
}
