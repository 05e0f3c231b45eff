/** Registers both tags of this package. */
import './define-connect-account.js';
import './define-connected-accounts-list.js';
