/** What the examples of README.md leave to their reader. Each example may declare a name again. */
import type { ConnectAccount, ConnectedAccount, ConnectionClient } from 'connect-account';
import type { ConnectStore } from 'connect-account/server.js';

declare global {
  const element: ConnectAccount;
  const client: ConnectionClient;
  const account: ConnectedAccount;
  const button: HTMLButtonElement;
  const signal: AbortSignal;
  const typedKey: string;
  const userId: string;
  const api: string;
  const secret: string;
  const store: ConnectStore;
  const composio: import('connect-account/server.js').ConnectHandlerOptions['composio'];
  const fetchToken: () => Promise<string>;
  const draw: (what: unknown) => void;
  const showLink: (url: string | null) => void;
  const tellItsUser: (connectedAccountId: string) => Promise<void>;
  const yourSignedInUserId: (request: Request) => Promise<string>;
}
