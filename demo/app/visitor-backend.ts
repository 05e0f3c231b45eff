import { randomBytes } from 'node:crypto';
import { type ConnectHandlerOptions, createConnectHandler } from '../../src/server.js';
import type { AccountTable, SeedAccount } from '../emulator/account-table.js';
import { createVisitors, type Visitors } from './visitors.js';

/** A backend of one page, whose users are the page's visitors. */
export interface VisitorBackend {
  readonly visitors: Visitors;
  /** Base URL for the elements. */
  readonly endpoint: string;
  /** The handler of the endpoint. */
  handle(request: Request): Promise<Response>;
  /** Gives a visitor the page's sample accounts, once. */
  prepare(userId: string): void;
}

/** What a page decides about its backend. */
export interface VisitorBackendOptions {
  /** Path of the page. The endpoint is below it. */
  readonly path: string;
  /** What each visitor has connected from the start. */
  readonly samples: readonly Omit<SeedAccount, 'userId'>[];
  readonly composio: ConnectHandlerOptions['composio'];
  readonly accounts: AccountTable;
  readonly origin: string;
}

/** Creates a backend with the real handler. */
export function createVisitorBackend({ path, samples, accounts, ...options }: VisitorBackendOptions): VisitorBackend {
  const visitors = createVisitors(path);
  const endpoint = `${path}/connect`;
  const prepared = new Set<string>();
  return {
    visitors,
    endpoint,
    handle: createConnectHandler({
      ...options,
      basePath: endpoint,
      store: 'memory',
      secret: randomBytes(32).toString('base64url'),
      // A page with each language asks for each at once.
      linksPerMinute: 500,
      upstreamCallsPerMinute: 2000,
      identify: async (request) => {
        const userId = await visitors.read(request);
        return userId === undefined ? null : { userId };
      },
    }),
    prepare: (userId) => {
      if (prepared.has(userId)) return;
      prepared.add(userId);
      for (const sample of samples) accounts.add({ ...sample, userId });
    },
  };
}
