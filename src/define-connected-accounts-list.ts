/** Registers `<connected-accounts-list>`. */
import type {} from './element-tag-names.js';
import { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import { registerElement } from './register-element.js';

registerElement('connected-accounts-list', ConnectedAccountsList);
