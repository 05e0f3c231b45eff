import type { ConnectState } from '../../core/connect-state.js';
import type { Messages } from '../../messages/messages.js';
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
