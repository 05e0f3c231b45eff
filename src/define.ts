/** Registers both elements of this package. */
import './define-connect-account.js';
import './define-connected-accounts-list.js';
