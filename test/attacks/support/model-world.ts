import { createHash, randomBytes } from 'node:crypto';
import type { ConnectStore, StoredValue } from '../../../src/server/store/store.js';
import { type BindingMode, type ConnectHandler, createConnectHandler } from '../../../src/server.js';
import { createModelComposio, type ModelComposio } from './model-composio.js';

const ORIGIN = 'https://app.example.com';
const SECRET = 'a secret of the attacks, 32 bytes or more';
/** `state` is valid for the life of its link and 10 minutes more. */
export const BINDING_LIFETIME_MS = 1_200_000;
const RETRY_AFTER_MS = 31_000;

/** A browser with its person, its session and its verifier. */
export interface ModelBrowser {
  readonly person: string;
  /** Who is signed in there. */
  session: string | null;
  readonly verifier: string;
  readonly challenge: string;
}

/** An answer of the handler. */
export interface ModelAnswer {
  readonly status: number;
  readonly json: {
    readonly id?: string;
    readonly status?: string;
    readonly items?: readonly { id: string; status: string }[];
  };
}

/** One user who is signed in with a browser of their own, unless said otherwise. */
export function createBrowser(person: string, session: string | null = person): ModelBrowser {
  const verifier = randomBytes(32).toString('base64url');
  return { person, session, verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The options of a world. */
export interface WorldOptions {
  readonly binding?: BindingMode;
  /** Whether a restarted instance has an empty store, as with one in memory. */
  readonly losesNotes?: boolean;
  /** Seed of the delays of the store. */
  readonly seed?: number;
}

/** A backend of two instances, and the upstream behind it. Handlers run in this process; time is that of `Date`. */
export class ModelWorld {
  readonly upstream: ModelComposio;
  /** Requests that were sent. */
  attempts = 0;
  /** Notes that said `rejected` and were overwritten with something else. */
  revivals = 0;
  readonly #options: WorldOptions;
  #store: ConnectStore;
  readonly #instances: ConnectHandler[];

  constructor(options: WorldOptions = {}) {
    this.#options = options;
    this.upstream = createModelComposio(options.binding === 'verifier');
    this.#store = this.#createStore();
    this.#instances = [this.#start(), this.#start()];
  }

  /** Starts an instance again. What it kept in memory is gone. */
  restart(instance = 0): void {
    if (this.#options.losesNotes) this.#store = this.#createStore();
    this.#instances[instance] = this.#start();
  }

  /** The store is lost, and both instances go on with an empty one. */
  loseNotes(): void {
    this.#store = this.#createStore();
    for (const instance of this.#instances.keys()) this.#instances[instance] = this.#start();
  }

  /** Returns whether the tokens of an account are still there upstream, long after its link has ended. */
  async isLeftUpstream(browser: ModelBrowser, id: string, wait: (milliseconds: number) => void): Promise<boolean> {
    // A removal that fails is tried again after half a minute.
    for (const milliseconds of [BINDING_LIFETIME_MS, RETRY_AFTER_MS]) {
      wait(milliseconds);
      await this.send(browser, 'GET', '/connected-accounts?limit=100');
    }
    const account = this.upstream.accounts.get(id);
    return account !== undefined && !account.isDeleted && ['ACTIVE', 'INACTIVE'].includes(account.status);
  }

  isBound(id: string, instance = 0): Promise<boolean> {
    return this.#at(instance).isBound(id);
  }

  async send(browser: ModelBrowser, method: string, path: string, body?: object, instance = 0): Promise<ModelAnswer> {
    this.attempts += 1;
    const headers = {
      ...(browser.session !== null && { 'x-session': browser.session }),
      ...(method !== 'GET' && { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }),
      ...(body && { 'content-type': 'application/json' }),
    };
    const request = new Request(`${ORIGIN}/api/connect${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const response = await this.#at(instance)(request);
    const text = await response.text();
    return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : {} };
  }

  /** Asks for a link as the element does. Returns the id of its account, or null if the handler refuses. */
  async link(browser: ModelBrowser, more: object = {}, instance = 0): Promise<string | null> {
    const body = { authConfigId: 'ac_github', bindingChallenge: browser.challenge, allowMultiple: true, ...more };
    const { status, json } = await this.send(browser, 'POST', '/connected-accounts/link', body, instance);
    return status === 201 ? (json.id ?? null) : null;
  }

  /** Posts what the callback page posts at an address. */
  comeBack(browser: ModelBrowser, address: string, instance = 0): Promise<ModelAnswer> {
    const parameters = new URL(address).searchParams;
    const body = {
      state: parameters.get('state') ?? undefined,
      sessionUri: parameters.get('session_uri') ?? undefined,
      connectedAccountId: parameters.get('connected_account_id') ?? undefined,
      bindingVerifier: browser.verifier,
    };
    return this.send(browser, 'POST', '/callback', body, instance);
  }

  /** Returns whether the user of a browser holds an account or can make it usable, whatever they press. */
  async canUse(browser: ModelBrowser, id: string, instance = 0): Promise<boolean> {
    const path = `/connected-accounts/${id}`;
    for (const enabled of [false, true]) await this.send(browser, 'PATCH', path, { enabled }, instance);
    // Reads of one window share an upstream call.
    const { json } = await this.send(browser, 'GET', path, undefined, instance);
    if (json.status === 'ACTIVE' || json.status === 'INACTIVE') return true;
    const list = await this.send(browser, 'GET', '/connected-accounts?limit=100', undefined, instance);
    if (list.json.items?.some((item) => item.id === id && item.status === 'ACTIVE')) return true;
    const account = this.upstream.accounts.get(id);
    return account?.status === 'ACTIVE' && !account.isDeleted && (await this.isBound(id, instance));
  }

  #createStore(): ConnectStore {
    return createSlowStore(this.#options.seed, (before, after) => {
      if (before['phase'] === 'rejected' && after['phase'] !== 'rejected') this.revivals += 1;
    });
  }

  #at(instance: number): ConnectHandler {
    const handler = this.#instances[instance];
    if (handler === undefined) throw new Error(`There is no instance ${instance}.`);
    return handler;
  }

  #start(): ConnectHandler {
    return createConnectHandler({
      composio: this.upstream,
      identify: (request) => {
        const userId = request.headers.get('x-session');
        return userId === null ? null : { userId };
      },
      secret: SECRET,
      origin: ORIGIN,
      ...{ linksPerMinute: 1000, upstreamCallsPerMinute: 10_000, upstreamReadsPerMinute: 100_000 },
      store: this.#store,
      binding: this.#options.binding ?? 'state',
    });
  }
}

/** A store whose operations take their time, so that simultaneous requests interleave. It keeps JSON, as Redis does. */
function createSlowStore(
  seed = 1,
  onOverwrite: (before: Record<string, unknown>, after: Record<string, unknown>) => void,
): ConnectStore {
  const values = new Map<string, string>();
  let random = seed;
  const pause = async () => {
    random = (random * 48_271) % 2_147_483_647;
    for (let left = random % 5; left > 0; left -= 1) await Promise.resolve();
  };
  return {
    get: async (key) => {
      await pause();
      const text = values.get(key);
      return text === undefined ? null : (JSON.parse(text) as StoredValue);
    },
    set: async (key, value) => {
      await pause();
      const before = values.get(key);
      if (before !== undefined) onOverwrite(JSON.parse(before), { ...value });
      values.set(key, JSON.stringify(value));
    },
    delete: async (key) => {
      await pause();
      values.delete(key);
    },
  };
}
