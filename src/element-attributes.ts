import type { ConnectAccount } from './elements/connect-account/connect-account.js';

/** What a template may set on `<connect-account>`: its properties, and its attributes under their own names. */
export interface ConnectAccountAttributes
  extends Partial<
    Pick<
      ConnectAccount,
      | 'userId'
      | 'authConfigId'
      | 'endpoint'
      | 'callbackUrl'
      | 'alias'
      | 'allowMultiple'
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
}
