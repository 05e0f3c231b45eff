/** @jsxImportSource solid-js */
import 'connect-account/solid.js';
import type { ConnectAccount } from 'connect-account';

const userId = (): string => 'user_123';
let element: ConnectAccount | undefined;

export const full = () => (
  <connect-account
    ref={element}
    user-id={userId()}
    auth-config-id="ac_github"
    allow-multiple={false}
    timeout={60_000}
    class="wide"
    prop:sessionToken={async () => 'token'}
    prop:messages={{ connect: 'Link {app}' }}
    prop:connectionData={{ subdomain: 'acme' }}
    on:account-connected={({ detail }) => detail.account.id satisfies string}
    on:account-connect-error={({ detail }) => detail.error.code}
  >
    Connect GitHub
  </connect-account>
);

// @ts-expect-error: auth-config-id is required
export const noAuthConfig = () => <connect-account user-id="u" />;
// @ts-expect-error: Solid sets no property by its own name
export const camelCase = () => <connect-account userId="u" authConfigId="ac" />;
// @ts-expect-error: Solid sets no property by its own name
export const bareFunction = () => <connect-account user-id="u" auth-config-id="ac" sessionToken={userId} />;
// @ts-expect-error: neither an event nor an attribute
export const misspelt = () => <connect-account user-id="u" auth-config-id="ac" onAccountConnected={() => {}} />;
// @ts-expect-error: user-id is required
export const noListUser = () => <connected-accounts-list limit={5} />;

export const list = () => (
  <connected-accounts-list
    user-id={userId()}
    statuses="ACTIVE EXPIRED"
    on:accounts-loaded={({ detail }) => detail.count satisfies number}
  />
);
