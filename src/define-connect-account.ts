/** Registers `<connect-account>`. */

import { ConnectAccount } from './elements/connect-account/connect-account.js';
import { registerElement } from './register-element.js';

/** The types of the tags and of the events. */
export type {} from './events/action-events.js';
export type {} from './register-element.js';

registerElement('connect-account', ConnectAccount);
