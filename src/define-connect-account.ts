/** Registers `<connect-account>`. */
import { ConnectAccount } from './elements/connect-account/connect-account.js';
import { registerElement } from './register-element.js';

registerElement('connect-account', ConnectAccount);

declare global {
  interface HTMLElementTagNameMap {
    'connect-account': ConnectAccount;
  }
}
