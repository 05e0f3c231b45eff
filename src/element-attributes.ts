import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

/** What a template may set on `<connect-account>`: its properties, and its attributes under their own names. */
export interface ConnectAccountAttributes
  extends Partial<
    Pick<
      ConnectAccount,
      | 'userId'
      | 'authConfigId'
      | 'endpoint'
      | 'mode'
      | 'callbackUrl'
      | 'alias'
      | 'allowMultiple'
      | 'credentialsForm'
      | 'timeout'
      | 'label'
      | 'disabled'
      | 'name'
      | 'required'
      | 'client'
      | 'sessionToken'
      | 'connectionData'
      | 'messages'
    >
  > {
  'user-id'?: string;
  'auth-config-id'?: string;
  'callback-url'?: string;
  'allow-multiple'?: boolean | '';
  'credentials-form'?: ConnectAccount['credentialsForm'];
}

/** The same for `<connected-accounts-list>`; its arrays are written with commas or spaces in an attribute. */
export interface ConnectedAccountsListAttributes
  extends Partial<
    Pick<
      ConnectedAccountsList,
      | 'userId'
      | 'endpoint'
      | 'toolkitSlugs'
      | 'authConfigIds'
      | 'limit'
      | 'orderBy'
      | 'searchable'
      | 'readonly'
      | 'client'
      | 'sessionToken'
      | 'messages'
    >
  > {
  'user-id'?: string;
  'toolkit-slugs'?: string;
  'auth-config-ids'?: string;
  statuses?: ConnectedAccountsList['statuses'] | string;
  'order-by'?: ConnectedAccountsList['orderBy'];
}
