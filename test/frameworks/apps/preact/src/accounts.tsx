import { connectionData, heard, messages, tokenFor } from './case';

export function Accounts({ userId }: { userId: string }) {
  const sessionToken = tokenFor(userId);
  return (
    <>
      {/* snippet */}
      <connect-account
        id="github"
        user-id={userId}
        auth-config-id="ac_github"
        allow-multiple={false}
        sessionToken={sessionToken}
        messages={messages}
        onaccount-connected={heard}
        onaccount-connect-cancel={heard}
      >
        <small slot="description">We read your repositories.</small>
      </connect-account>
      <connected-accounts-list
        id="list"
        user-id={userId}
        sessionToken={sessionToken}
        statuses="ACTIVE"
        searchable={false}
        readonly={false}
        onaccounts-load-error={heard}
      />
      {/* snippet */}
      <connect-account
        id="zendesk"
        user-id={userId}
        auth-config-id="ac_zendesk"
        sessionToken={sessionToken}
        connectionData={connectionData}
      >
        <b>Link the help desk</b>
      </connect-account>
    </>
  );
}
