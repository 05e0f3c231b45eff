import 'connect-account/define.js';
import {
  type AccountConnectedEvent,
  type ConnectAccount,
  type ConnectErrorInfo,
  type ConnectionClient,
  type ConnectOutcome,
  HttpConnectionClient,
} from 'connect-account';

const element: ConnectAccount = document.createElement('connect-account');
element.userId = 'user_123';
element.authConfigId = 'ac_github';
element.timeout = 60_000;
element.connectionData = { subdomain: 'acme' };
element.sessionToken = async () => 'token';
element.client = new HttpConnectionClient({ endpoint: '/api/connect' }) satisfies ConnectionClient;

// @ts-expect-error: in ms
element.timeout = '1 minute';
// @ts-expect-error: read only
element.account = null;

export const outcome: Promise<ConnectOutcome> = element.connect();
export const disconnected: Promise<boolean> = element.disconnect();

element.addEventListener('account-connected', ({ detail }) => detail.account.id satisfies string);
document.addEventListener('account-connect-error', ({ detail }) => detail.error satisfies ConnectErrorInfo);
document.querySelector('connect-account')?.addEventListener('account-connected', (event) => {
  event satisfies AccountConnectedEvent;
});

export function describeOutcome(result: ConnectOutcome): string {
  switch (result.status) {
    case 'connected':
      return result.account.id;
    case 'cancelled':
      return result.reason;
    case 'failed':
      return result.error.code;
  }
}

export function describeState({ state }: ConnectAccount): string {
  // @ts-expect-error: known only in some phases
  void state.attempt;
  return state.phase === 'connected' ? state.account.id : state.phase;
}
