import type { ConnectAccount as ConnectAccountElement } from 'connect-account';
import { ConnectAccount, ConnectedAccountsList } from 'connect-account/react.js';
import { createRef } from 'react';

const reference = createRef<ConnectAccountElement>();
const maybe = (): void => {};

export const least = <ConnectAccount userId="user_123" authConfigId="ac_github" />;

export const full = (
  <ConnectAccount
    ref={reference}
    key="github"
    userId="user_123"
    authConfigId="ac_github"
    allowMultiple={false}
    timeout={60_000}
    className="wide"
    data-testid="github"
    credentialsForm="hosted"
    sessionToken={async () => 'token'}
    messages={{ connect: 'Link {app}' }}
    connectionData={{ subdomain: 'acme' }}
    onAccountConnectStart={(event) => event.preventDefault()}
    onAccountConnectStatus={({ detail }) => detail.status satisfies string}
    onAccountConnected={({ detail }) => detail.account.id satisfies string}
    onAccountConnectError={({ detail }) => detail.error.code}
    onAccountConnectCancel={({ detail }) => detail.reason}
    onAccountDisconnectStart={(event) => event.preventDefault()}
    onAccountDisconnected={({ detail }) => detail.account.id satisfies string}
    onAccountUpdated={Math.random() > 0.5 ? maybe : undefined}
  >
    Connect GitHub
    <small slot="description">We read your repositories.</small>
  </ConnectAccount>
);

// @ts-expect-error: authConfigId is required
export const noAuthConfig = <ConnectAccount userId="user_123" />;
// @ts-expect-error: userId is required
export const noUser = <ConnectAccount authConfigId="ac_github" />;
// @ts-expect-error: userId is required
export const noListUser = <ConnectedAccountsList />;
// @ts-expect-error: in ms
export const wrongTimeout = <ConnectAccount userId="u" authConfigId="ac" timeout="1 minute" />;
// @ts-expect-error: a misspelt event
export const misspelt = <ConnectAccount userId="u" authConfigId="ac" onAccountConected={maybe} />;
// @ts-expect-error: an event of the list
export const ofTheList = <ConnectAccount userId="u" authConfigId="ac" onAccountsLoaded={maybe} />;
// @ts-expect-error: read only
export const readOnly = <ConnectAccount userId="u" authConfigId="ac" account={null} />;
// @ts-expect-error: a method
export const method = <ConnectAccount userId="u" authConfigId="ac" connect={maybe} />;

export const list = (
  <ConnectedAccountsList
    userId="user_123"
    statuses={['ACTIVE', 'EXPIRED']}
    searchable
    onAccountsLoaded={({ detail }) => detail.count satisfies number}
    onAccountsLoadError={({ detail }) => detail.error.code}
    onAccountConnected={({ detail }) => detail.account.id satisfies string}
    onAccountUpdated={({ detail }) => detail.change}
  />
);

export const tag = <connect-account ref={reference} user-id="user_123" auth-config-id="ac_github" timeout="60000" />;
export const listTag = <connected-accounts-list user-id="user_123" statuses="ACTIVE EXPIRED" />;

// @ts-expect-error: user-id is required
export const noUserTag = <connect-account auth-config-id="ac_github" />;
// @ts-expect-error: a server renders no property
export const property = <connect-account user-id="u" auth-config-id="ac" sessionToken="token" />;
