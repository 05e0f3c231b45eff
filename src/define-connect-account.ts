/** Registers `<connect-account>`. */
import type {} from './element-tag-names.js';
import { ConnectAccount } from './elements/connect-account/connect-account.js';
import { registerElement } from './register-element.js';

registerElement('connect-account', ConnectAccount);
