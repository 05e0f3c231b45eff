import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { formatMessage, type Messages } from '../../messages/messages.js';

/** The words that a text about an account may contain. */
export interface AccountWords {
  /** The account, as the element shows it. */
  readonly identity: string;
  /** Name of the app. */
  readonly app: string;
}

/** The account and the texts that the templates of its actions show. */
export interface AccountMenuWords extends AccountWords {
  readonly account: ConnectedAccount;
  readonly messages: Messages;
  /** Whether a reconnect goes to the provider in this tab, and opens no window. */
  readonly sameTab?: boolean;
}

/** Everything that the templates of an account's actions show. */
export interface AccountMenuView extends AccountMenuWords {
  readonly actions: AccountActionsController;
}

/** Returns `text` with the account and the app in it. */
export function formatForAccount(text: string, { identity, app }: AccountWords): string {
  return formatMessage(text, { account: identity, app });
}

/** Returns the name of an account's app. */
export function toolkitName({ toolkit }: ConnectedAccount): string {
  return toolkit.name || toolkit.slug;
}

/** Returns the best known name of an account: the one that the user gave it, the login, or the server's. */
export function getIdentity({ alias, displayName, wordId }: ConnectedAccount, app: string): string {
  return alias || displayName || wordId || app;
}
