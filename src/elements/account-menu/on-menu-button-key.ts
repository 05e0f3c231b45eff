import type { AccountActionsController } from '../../controllers/account-actions-controller.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';

/**
 * What the arrow keys do on a button that opens a menu; Enter and Space click it.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function onMenuButtonKey(
  event: KeyboardEvent,
  account: ConnectedAccount,
  actions: AccountActionsController,
): void {
  const { key, repeat } = event;
  const opens = (key === 'ArrowDown' || key === 'ArrowUp') && actions.stateOf(account).panel === null;
  if (opens) actions.toggleMenu(account, key === 'ArrowUp' ? 'last' : 'first');
  // A key that is held down must not open and close it in turns.
  if (opens || (repeat && (key === 'Enter' || key === ' '))) event.preventDefault();
}
