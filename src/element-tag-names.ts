/** Types the result of `document.querySelector('connect-account')` for code that imports the classes or registers the tags. */
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

declare global {
  interface HTMLElementTagNameMap {
    'connect-account': ConnectAccount;
    'connected-accounts-list': ConnectedAccountsList;
  }
}
