import type { ConnectState } from '../../core/connect-state.js';
import type { Messages } from '../../messages/messages.js';
import { isSwitchedOff } from './attempt-start.js';
import type { ConnectAccount } from './connect-account.js';
import { opensWindow } from './describe-state.js';
import type { UserActions } from './user-actions.js';

/** Everything that is drawn. */
export interface ConnectView {
  readonly state: ConnectState;
  readonly messages: Messages;
  /** The page author's own label, or ''. */
  readonly label: string;
  readonly disabled: boolean;
  /** Whether a click on the trigger opens a window. */
  readonly opensWindow: boolean;
  /** For screen readers only: what has just ended well. */
  readonly announcement: string;
  /** The link of the attempt under way; drawn where the window was refused and nowhere else. */
  readonly redirectUrl: string | null;
  readonly actions: UserActions;
}

/** What the element's properties say, and what only it knows. */
export function viewOf(
  element: ConnectAccount,
  known: Pick<ConnectView, 'messages' | 'announcement' | 'redirectUrl' | 'actions'>,
): ConnectView {
  const { state, label } = element;
  return { ...known, state, label, disabled: isSwitchedOff(element), opensWindow: opensWindow(state, element) };
}
