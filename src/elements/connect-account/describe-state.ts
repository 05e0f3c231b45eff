import { connectMethod } from '../../core/flow/connect-settings.js';
import type { ConnectState } from '../../core/flow/connect-state.js';
import type { Messages } from '../../messages/messages.js';
import { identityOf } from '../account-menu/account-words.js';
import { appName } from '../shared/describe-attempt.js';

/** What the trigger says besides its own label. */
export interface TriggerWords {
  /** Null while the trigger's own label, the one for `ready`, stands. */
  readonly label: string | null;
  readonly badge: { readonly text: string; readonly tone: 'success' | 'warning' } | null;
}

export function triggerWords(state: ConnectState, messages: Messages): TriggerWords {
  switch (state.phase) {
    case 'loading':
    case 'ready':
    case 'collecting-credentials':
    case 'misconfigured':
      return { label: null, badge: null };
    case 'failed':
      return { label: messages.tryAgain, badge: null };
    case 'connected': {
      const label = identityOf(state.account, appName(state) ?? messages.statuses.ACTIVE);
      return { label, badge: { text: messages.statuses.ACTIVE, tone: 'success' } };
    }
    case 'needs-attention': {
      const { status } = state.account;
      const label = status === 'INACTIVE' ? messages.enable : messages.reconnect;
      return { label, badge: { text: messages.statuses[status], tone: 'warning' } };
    }
    default:
      return { label: messages.connecting, badge: null };
  }
}

/** Whether a click on the trigger leads to the provider at once. */
export function goesToProvider(state: ConnectState, settings: Parameters<typeof connectMethod>[1]): boolean {
  if (state.phase === 'needs-attention' && state.account.status === 'INACTIVE') return false;
  const begins = state.phase === 'ready' || state.phase === 'failed' || state.phase === 'needs-attention';
  return begins && connectMethod(state.authConfig, settings) === 'hosted';
}
