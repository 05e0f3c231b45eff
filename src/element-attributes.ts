import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

/** The properties and attributes that a template may set on `<connect-account>`. */
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

/**
 * The properties and attributes that a template may set on `<connected-accounts-list>`. An attribute separates the items of
 * an array by commas or spaces.
 */
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
