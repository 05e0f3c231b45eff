/** Registers `<connected-accounts-list>`. */

import { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import type {} from './register-element.js';
import { registerElement } from './register-element.js';

registerElement('connected-accounts-list', ConnectedAccountsList);
