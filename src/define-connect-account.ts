/** Registers `<connect-account>`. */

import { ConnectAccount } from './elements/connect-account/connect-account.js';
import type {} from './register-element.js';
import { registerElement } from './register-element.js';

registerElement('connect-account', ConnectAccount);
