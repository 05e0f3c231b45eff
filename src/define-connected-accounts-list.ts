/** Registers `<connected-accounts-list>`. */
import { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import { registerElement } from './register-element.js';

registerElement('connected-accounts-list', ConnectedAccountsList);

declare global {
  interface HTMLElementTagNameMap {
    'connected-accounts-list': ConnectedAccountsList;
  }
}
