/** The tags are known to whoever imports the classes alone, and loads the one file by a script tag. */
import type { ConnectAccount, ConnectedAccountsList } from 'connect-account';

document.querySelector('connect-account') satisfies ConnectAccount | null;
document.querySelector('connected-accounts-list') satisfies ConnectedAccountsList | null;
