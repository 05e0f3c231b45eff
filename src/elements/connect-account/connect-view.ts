import { isHomeScreenApp } from '../../browser/same-tab-window.js';
import type { ConnectFlow } from '../../core/flow/connect-flow.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import type { Messages } from '../../messages/messages.js';
import { formatForApp } from '../shared/describe-attempt.js';
import { isDisabled } from './attempt-start.js';
import type { ConnectAccount } from './connect-account.js';
import { goesToProvider } from './render-trigger.js';
import { usesSameTab } from './settings-of.js';
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
  /** Whether this tab goes to the provider, in place of a window. */
  readonly sameTab: boolean;
  /** Why it does where nobody asked for it, or ''. */
  readonly hint: string;
  /** For screen readers only: what has just ended well. */
  readonly announcement: string;
  /** The link of the attempt under way; drawn where the window was refused and nowhere else. */
  readonly redirectUrl: string | null;
  readonly actions: UserActions;
}

/** What the element's properties say, and what only it knows. */
export function viewOf(
  element: ConnectAccount,
  { redirectUrl }: ConnectFlow,
  known: Pick<ConnectView, 'messages' | 'announcement' | 'actions'>,
): ConnectView {
  const { state, label } = element;
  const sameTab = usesSameTab(element);
  const goesOut = goesToProvider(state, element);
  const hint = goesOut && isHomeScreenApp() ? formatForApp(known.messages.homeScreenApp, state, known.messages) : '';
  const opensWindow = goesOut && !sameTab;
  return { ...known, state, label, redirectUrl, disabled: isDisabled(element), sameTab, hint, opensWindow };
}
