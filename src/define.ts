/** Registers the tags of this package. */
import './define-connect-account.js';
