import { randomBytes } from 'node:crypto';
import type { Composio } from '@composio/core';
import { type ConnectHandlerOptions, createConnectHandler } from '../../../src/server.js';
import type { Emulator } from '../../emulator/start-emulator.js';
import { createVisitors, type Visitors } from '../visitors.js';
import { FAILURE_CASES, type FailureId } from './failure-cases.js';

/** The Composio of a failure, real in all but its data. */
export type FailingComposio = Pick<Emulator, 'knobs' | 'accounts' | 'authConfigs'>;

/** What the failures are made with. */
export interface FailureSurroundings {
  /** Origin of the demo. */
  readonly origin: string;
  /** The Composio of failures that need no other, in which each visitor is a user. */
  readonly shared: Emulator;
  /** Starts a Composio for one failure. With `openerPolicy`, its provider sends that header on each page. */
  startComposio(options?: { readonly openerPolicy?: string }): Promise<Emulator>;
  /** Creates a client of the SDK for it. */
  connectTo(emulator: Emulator, apiKey?: string): Composio;
}

/** The backends of all failures. Each starts with its first visitor. */
export interface FailingBackends {
  /** The visitors of the page of one failure. */
  visitors(id: FailureId): Visitors;
  /** Responds to a request to the endpoint of a failure. `Response.error()` stands for a broken connection. */
  handle(id: FailureId, request: Request): Promise<Response>;
}

interface Exchange {
  readonly request: Request;
  /** The path below the endpoint. */
  readonly path: string;
  readonly composio: FailingComposio;
  readonly userId: string;
  /** Lets the real handler answer. */
  next(): Promise<Response>;
}

/** How the backend of a failure differs from a backend that works. */
interface Variant {
  readonly openerPolicy?: string;
  readonly apiKey?: string;
  readonly options?: Partial<ConnectHandlerOptions>;
  /** Sets the knobs of its Composio, which has no other visitors than those of this failure. */
  prepare?(composio: FailingComposio): void;
  /** Names the user of a request, whose visitor is `userId`. */
  identify?(request: Request, userId: string): string | null;
  /** Answers in place of the handler, or changes something before or after it. */
  answer?(exchange: Exchange): Promise<Response>;
}

const isWrite = ({ method }: Request): boolean => method === 'POST';
const isCallback = (request: Request): boolean => isWrite(request) && request.url.endsWith('/callback');
const APP_PAGE = '<!doctype html><title>Fieldnote</title><div id="app"></div>';
const PROXY_PAGE = '<!doctype html><title>503</title><h1>503 Service Unavailable</h1>';
const html = (page: string, status: number): Response =>
  new Response(page, { status, headers: { 'content-type': 'text/html' } });

/** Ends the user's unfinished accounts at the first look at one of them. */
function endsAtFirstPoll(status: 'EXPIRED' | 'REVOKED', reason: string): NonNullable<Variant['answer']> {
  return ({ request, path, composio, userId, next }) => {
    if (request.method === 'GET' && /^\/connected-accounts\/./.test(path)) {
      for (const account of composio.accounts.all())
        if (account.userId === userId && account.status === 'INITIATED')
          composio.accounts.setStatus(account.id, status, reason);
    }
    return next();
  };
}

/** All but those that the page or the user causes. */
const VARIANTS: Partial<Record<FailureId, Variant>> = {
  'opener-policy': {
    openerPolicy: 'same-origin',
    prepare: ({ knobs }) => {
      knobs.crossOriginOpenerPolicy = 'same-origin';
    },
  },
  slow: {
    prepare: ({ knobs }) => {
      knobs.latency = { '*': 500 };
      knobs.activationDelay = 4000;
    },
  },
  'link-expired': { answer: endsAtFirstPoll('EXPIRED', 'Connection initiation did not complete within 10 minutes') },
  revoked: { answer: endsAtFirstPoll('REVOKED', 'Revoked at the provider') },
  'wrong-user': { identify: (request, userId) => (isCallback(request) ? `${userId}_colleague` : userId) },
  'already-connected': {
    answer: ({ path, composio, userId, next }) => {
      if (path === '/connected-accounts/link')
        composio.accounts.add({ userId, authConfigId: 'ac_github', displayName: 'octocat' });
      return next();
    },
  },
  offline: { answer: async ({ request, next }) => (isWrite(request) ? Response.error() : next()) },
  'rate-limited': {
    prepare: ({ knobs }) => knobs.failures.push({ route: 'link.create', kind: 'rate_limited', retryAfter: '60' }),
  },
  'upstream-error': {
    prepare: ({ knobs }) => knobs.failures.push({ route: 'link.create', kind: 'server_error' }),
  },
  'proxy-error': { answer: async ({ request, next }) => (isWrite(request) ? html(PROXY_PAGE, 503) : next()) },
  'refused-key': { prepare: ({ knobs }) => knobs.rejectedCredentials.add('wrong-key') },
  'auth-config-disabled': {
    prepare: ({ authConfigs }) => {
      for (const authConfig of authConfigs.values()) authConfig.status = 'DISABLED';
    },
  },
  'not-mounted': { answer: async () => new Response('404 Not Found', { status: 404 }) },
  'app-fallback': { answer: async () => html(APP_PAGE, 200) },
  'wrong-origin': { options: { origin: 'https://app.example.com' } },
  'signed-out': { identify: () => null },
  'internal-error': {
    identify: (request, userId) => {
      if (isWrite(request)) throw new Error('The database of the sessions is down.');
      return userId;
    },
  },
  'wrong-api-key': { apiKey: 'ak_of_another_project' },
};

/** Creates them. Nothing starts before a visitor comes. */
export function createFailingBackends(surroundings: FailureSurroundings): FailingBackends {
  const visitors = new Map<FailureId, Visitors>();
  const visitorsOf = (id: FailureId): Visitors => {
    const known = visitors.get(id) ?? createVisitors(`/failures/${id}`);
    visitors.set(id, known);
    return known;
  };
  const running = new Map<FailureId, Promise<Backend>>();
  const start = async (id: FailureId): Promise<Backend> => {
    const variant = VARIANTS[id] ?? {};
    const { prepare, openerPolicy } = variant;
    const own = openerPolicy === undefined ? {} : { openerPolicy };
    const emulator = prepare === undefined ? surroundings.shared : await surroundings.startComposio(own);
    prepare?.(emulator);
    return createBackend({ id, variant, emulator, visitors: visitorsOf(id), surroundings });
  };
  return {
    visitors: visitorsOf,
    handle: async (id, request) => {
      const backend = running.get(id) ?? start(id);
      running.set(id, backend);
      return (await backend)(request);
    },
  };
}

type Backend = (request: Request) => Promise<Response>;

interface BackendParts {
  readonly id: FailureId;
  readonly variant: Variant;
  readonly emulator: Emulator;
  readonly visitors: Visitors;
  readonly surroundings: FailureSurroundings;
}

function createBackend({ id, variant, emulator, visitors, surroundings }: BackendParts): Backend {
  const basePath = `/failures/${id}/connect`;
  const { identify = (_request: Request, userId: string) => userId } = variant;
  const handler = createConnectHandler({
    composio: surroundings.connectTo(emulator, variant.apiKey),
    origin: surroundings.origin,
    basePath,
    store: 'memory',
    secret: randomBytes(32).toString('base64url'),
    identify: async (request) => {
      const userId = await visitors.read(request);
      const user = userId === undefined ? null : identify(request, userId);
      return user === null ? null : { userId: user };
    },
    ...variant.options,
  });
  return async (request) => {
    const userId = (await visitors.read(request)) ?? '';
    const path = new URL(request.url).pathname.slice(basePath.length);
    const next = (): Promise<Response> => handler(request);
    return variant.answer?.({ request, path, composio: emulator, userId, next }) ?? next();
  };
}

/** Returns the attributes of the element of a failure, for the user who looks at it. */
export function attributesOf(id: FailureId, userId: string): Readonly<Record<string, string>> {
  const usual = { 'user-id': userId, 'auth-config-id': 'ac_github', endpoint: `/failures/${id}/connect` };
  const all: Record<string, string> = { ...usual, ...FAILURE_CASES[id].attributes };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
