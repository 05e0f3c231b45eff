/** Code that imports only the classes, and loads the single file by a script tag, knows the tags. */
import type { ConnectAccount, ConnectedAccountsList } from 'connect-account';

document.querySelector('connect-account') satisfies ConnectAccount | null;
document.querySelector('connected-accounts-list') satisfies ConnectedAccountsList | null;
