/** @jsxImportSource preact */
import 'connect-account/preact.js';
import type { ConnectAccount } from 'connect-account';
import { createRef } from 'preact';

const reference = createRef<ConnectAccount>();

export const full = (
  <connect-account
    ref={reference}
    key="github"
    user-id="user_123"
    auth-config-id="ac_github"
    allow-multiple={false}
    class="wide"
    sessionToken={async () => 'token'}
    messages={{ connect: 'Link {app}' }}
    onaccount-connected={({ detail }) => detail.account.id satisfies string}
  >
    Connect GitHub
  </connect-account>
);

// @ts-expect-error: auth-config-id is required
export const noAuthConfig = <connect-account user-id="u" />;
// @ts-expect-error: Preact sets no property but functions on a tag that a server has rendered
export const camelCase = <connect-account user-id="u" auth-config-id="ac" callbackUrl="/connected" />;
// @ts-expect-error: Preact would listen to an event of this very name
export const wrongEvent = <connect-account user-id="u" auth-config-id="ac" onAccountConnected={() => {}} />;
// @ts-expect-error: user-id is required
export const noListUser = <connected-accounts-list limit={5} />;

export const list = (
  <connected-accounts-list
    user-id="user_123"
    statuses="ACTIVE EXPIRED"
    onaccounts-loaded={({ detail }) => detail.count satisfies number}
  />
);
