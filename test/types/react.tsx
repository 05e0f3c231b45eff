import 'connect-account/react.js';
import type { ConnectAccount } from 'connect-account';
import { createRef } from 'react';

const reference = createRef<ConnectAccount>();

export const plain = <connect-account user-id="user_123" auth-config-id="ac_github" />;

export const full = (
  <connect-account
    ref={reference}
    userId="user_123"
    authConfigId="ac_github"
    timeout={60_000}
    className="wide"
    credentialsForm="hosted"
    connectionData={{ subdomain: 'acme' }}
    onaccount-connected={({ detail }) => detail.account.id satisfies string}
    onaccount-connect-error={({ detail }) => detail.error.code}
  >
    Connect GitHub
  </connect-account>
);

// @ts-expect-error: in ms
export const wrongMode = <connect-account timeout="1 minute" />;

export const list = (
  <connected-accounts-list
    userId="user_123"
    statuses={['ACTIVE', 'EXPIRED']}
    searchable
    onaccounts-loaded={({ detail }) => detail.count satisfies number}
    onaccount-updated={({ detail }) => detail.change}
  />
);
