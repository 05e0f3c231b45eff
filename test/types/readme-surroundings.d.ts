/** What the examples of README.md leave to their reader. Each example may declare a name again. */
import type { ConnectAccount, ConnectedAccount, ConnectedAccountsList, ConnectionClient } from 'connect-account';
import type * as server from 'connect-account/server.js';

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
  const composio: server.ConnectHandlerOptions['composio'];
  const identify: server.ConnectHandlerOptions['identify'];
  const createConnectHandler: typeof server.createConnectHandler;
  const createSessionToken: typeof server.createSessionToken;
  const identifyBySessionToken: typeof server.identifyBySessionToken;
  const fetchToken: () => Promise<string>;
  const draw: (what: unknown) => void;
  const showLink: (url: string | null) => void;
  const tellItsUser: (connectedAccountId: string, userId: string | null) => Promise<void>;
  const yourSignedInUserId: (request: Request) => Promise<string>;
}
