import { connectionData, heard, messages, statuses, tokenFor } from './case';

export function Accounts(props: { userId: string }) {
  return (
    <>
      {/* snippet */}
      <connect-account
        id="github"
        user-id={props.userId}
        auth-config-id="ac_github"
        allow-multiple={false}
        prop:sessionToken={tokenFor(props.userId)}
        prop:messages={messages}
        on:account-connected={heard}
        on:account-connect-cancel={heard}
      >
        <small slot="description">We read your repositories.</small>
      </connect-account>
      <connected-accounts-list
        id="list"
        user-id={props.userId}
        prop:sessionToken={tokenFor(props.userId)}
        prop:statuses={statuses}
        searchable={false}
        readonly={false}
        on:accounts-load-error={heard}
      />
      {/* snippet */}
      <connect-account
        id="zendesk"
        user-id={props.userId}
        auth-config-id="ac_zendesk"
        prop:sessionToken={tokenFor(props.userId)}
        prop:connectionData={connectionData}
      >
        <b>Link the help desk</b>
      </connect-account>
    </>
  );
}
