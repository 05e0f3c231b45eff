'use client';

import { ConnectAccount, ConnectedAccountsList } from 'connect-account/react.js';
import { useMemo } from 'react';
import { connectionData, heard, messages, statuses, tokenFor } from './case';

export function Accounts({ userId }: { userId: string }) {
  const sessionToken = useMemo(() => tokenFor(userId), [userId]);
  return (
    <>
      {/* snippet */}
      <ConnectAccount
        id="github"
        userId={userId}
        authConfigId="ac_github"
        allowMultiple={false}
        sessionToken={sessionToken}
        messages={messages}
        onAccountConnected={heard}
        onAccountConnectCancel={heard}
      >
        <small slot="description">We read your repositories.</small>
      </ConnectAccount>
      <ConnectedAccountsList
        id="list"
        userId={userId}
        sessionToken={sessionToken}
        statuses={statuses}
        searchable={false}
        readonly={false}
        onAccountsLoadError={heard}
      />
      {/* snippet */}
      <ConnectAccount
        id="zendesk"
        userId={userId}
        authConfigId="ac_zendesk"
        sessionToken={sessionToken}
        connectionData={connectionData}
      >
        <b>Link the help desk</b>
      </ConnectAccount>
    </>
  );
}
