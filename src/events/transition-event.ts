import { type ConnectOutcome, type ConnectState, isLinked } from '../core/flow/connect-state.js';
import type { ConnectEvent } from '../core/flow/connect-transition.js';
import {
  AccountConnectCancelEvent,
  AccountConnectErrorEvent,
  AccountConnectedEvent,
  AccountConnectStatusEvent,
} from './account-events.js';

/** Returns the DOM event of a transition, or null. This is the one place that decides, so every attempt has exactly one end. */
export function eventForTransition(
  state: ConnectState,
  previous: ConnectState,
  event: ConnectEvent,
): CustomEvent | null {
  if (event.type === 'status-reported' && isLinked(state) && isLinked(previous) && state.status !== previous.status) {
    const { connectedAccountId, status } = state;
    return new AccountConnectStatusEvent({ connectedAccountId, status, previousStatus: previous.status });
  }
  if (event.type === 'ended') return eventForOutcome(event.outcome, event.attempt, previous);
  return null;
}

function eventForOutcome(outcome: ConnectOutcome, attempt: string, previous: ConnectState): CustomEvent {
  switch (outcome.status) {
    case 'connected':
      return new AccountConnectedEvent({ account: outcome.account, attempt });
    case 'cancelled':
      return new AccountConnectCancelEvent({ reason: outcome.reason, attempt });
    case 'failed': {
      const connectedAccountId = isLinked(previous) ? { connectedAccountId: previous.connectedAccountId } : {};
      return new AccountConnectErrorEvent({ error: outcome.error, attempt, ...connectedAccountId });
    }
  }
}
