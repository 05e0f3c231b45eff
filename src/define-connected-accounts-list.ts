/** Registers `<connected-accounts-list>`. */

import { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import { registerElement } from './register-element.js';

/** The types of the tags and of the events. */
export type {} from './events/list-events.js';
export type {} from './register-element.js';

registerElement('connected-accounts-list', ConnectedAccountsList);
