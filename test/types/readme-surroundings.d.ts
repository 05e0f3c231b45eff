/** What the examples of the documentation leave to their reader. Each example may declare a name again. */
import type { Composio } from '@composio/core';
import type { ConnectAccount, ConnectedAccount, ConnectedAccountsList, ConnectionClient } from 'connect-account';
import type * as server from 'connect-account/server.js';
import type { Application, RequestHandler } from 'express';

declare global {
  const element: ConnectAccount;
  const list: ConnectedAccountsList;
  const client: ConnectionClient;
  const account: ConnectedAccount;
  const button: HTMLButtonElement;
  const signal: AbortSignal;
  const typedKey: string;
  const userId: string;
  const api: string;
  const secret: string;
  const store: server.ConnectStore;
  const composio: Composio;
  // biome-ignore lint/suspicious/noExplicitAny: the context is what each host passes
  const options: server.ConnectHandlerOptions<any>;
  const handleWebhook: (request: Request) => Promise<Response>;
  const toNodeListener: typeof server.toNodeListener;
  const identify: server.ConnectHandlerOptions['identify'];
  // biome-ignore lint/suspicious/noExplicitAny: JavaScript does not say what its context is
  const createConnectHandler: typeof server.createConnectHandler<any>;
  const createSessionToken: typeof server.createSessionToken;
  const identifyBySessionToken: typeof server.identifyBySessionToken;
  const fetchToken: () => Promise<string>;
  const draw: (what: unknown) => void;
  const showLink: (url: string | null) => void;
  const tellItsUser: (connectedAccountId: string, userId: string | null) => Promise<void>;
  const yourSignedInUserId: (request: Request) => Promise<string>;
  const app: Application;
  const session: (options: object) => RequestHandler;
  const passport: { session(): RequestHandler };
  const authConfig: object;
  const bySession: server.ConnectHandlerOptions['identify'];
  const tenants: ReadonlySet<string>;
  const id: string;
  const connectedAccountId: string;
  const usableAccounts: (userId: string | undefined, authConfigId: string) => Promise<{ id: string }[]>;
  const askToConnect: () => void;
  const jobsAreRunning: (connectedAccountId: string) => boolean;
  const queue: { add(name: string, data: object): Promise<void> };
  const row: (key: string) => { value: object } | undefined;
  const upsert: (key: string, value: object, ttl: number) => Promise<void>;
  const remove: (key: string) => Promise<void>;
  const insertIfFree: (key: string, value: object, ttl: number) => Promise<boolean>;
  const addOne: (key: string, ttl: number) => Promise<number>;

  // biome-ignore lint/suspicious/noExplicitAny: the context is what each host passes
  type SomeHandlerOptions = Partial<server.ConnectHandlerOptions<any>>;

  namespace Express {
    interface Request {
      session: { userId?: string };
    }
  }

  interface Window {
    /** Of Electron, where \`window\` is a \`BrowserWindow\`. */
    webContents: {
      setWindowOpenHandler(handler: (details: { url: string }) => { action: 'allow' | 'deny' }): void;
    };
  }
}
