import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { AccountsListState } from '../../controllers/accounts-list-controller.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import type { AccountMenuView } from '../account-menu/account-view.js';
import type { Notice } from './list-actions.js';
import type { Reconnects } from './reconnects.js';
import type { StatusWords } from './render-row.js';
import type { DrawnTimes } from './row-times.js';

/** Everything that is drawn. */
export interface ListView extends DrawnTimes {
  readonly state: AccountsListState;
  /** Those of `state` that are shown: the search may leave some out. */
  readonly accounts: readonly ConnectedAccount[];
  /** What is searched for. */
  readonly searched: string;
  readonly searchable: boolean;
  /** Draws no actions. */
  readonly readonly: boolean;
  readonly limit: number;
  readonly messages: Messages;
  readonly actions: AccountActionsController;
  readonly reconnects: Reconnects;
  readonly notice: Notice | null;
  onDismissNotice(): void;
  onSearch(text: string): void;
  onMore(): void;
  onRetry(): void;
}

/** What is drawn of one account. */
export interface RowView extends AccountMenuView {
  readonly status: StatusWords;
  /** How long ago, and exactly when. */
  readonly age: string;
  readonly date: string;
  readonly dateTime: string;
  readonly readonly: boolean;
  readonly reconnects: Reconnects;
}
