import { UPSTREAM_PARAMETERS } from '../core/model/callback-message.js';
import { ATTEMPT_PARAMETER, isAttemptId } from '../core/model/callback-protocol.js';
import { readStored, tolerate } from './page-limits.js';

/** `sessionStorage` key of a flow whose report has not been answered yet. */
const PENDING_KEY = 'connect-account:returned';

/** The parameters that the provider flow appended to the address, by the names in the report. */
export interface ReturnedFlow {
  readonly attempt: string | null;
  readonly connectedAccountId: string | null;
  readonly sessionUri: string | null;
  readonly state: string | null;
}

/** A flow as it is kept, with the path of the page that is to report it. */
interface PendingFlow extends ReturnedFlow {
  readonly path: string;
}

/**
 * Takes the parameters out of the address. They are kept until {@link forgetReturnedFlow}, because a reload must not lose them
 * while the report is pending.
 */
export function takeReturnedFlow(page: Window): ReturnedFlow {
  const url = new URL(page.location.href);
  const flow = readParameters(url.searchParams);
  for (const name of [ATTEMPT_PARAMETER, ...UPSTREAM_PARAMETERS]) url.searchParams.delete(name);
  page.history.replaceState(page.history.state, '', url);
  if (Object.values(flow).every((value) => value === null)) return readPending(page) ?? flow;
  tolerate(() => page.sessionStorage.setItem(PENDING_KEY, JSON.stringify({ ...flow, path: url.pathname })));
  return flow;
}

/** Forgets a flow whose report was answered, so that a reload does not repeat it. */
export function forgetReturnedFlow(page: Window): void {
  tolerate(() => page.sessionStorage.removeItem(PENDING_KEY));
}

function readParameters(parameters: URLSearchParams): ReturnedFlow {
  const attempt = parameters.get(ATTEMPT_PARAMETER);
  return {
    attempt: attempt !== null && isAttemptId(attempt) ? attempt : null,
    connectedAccountId: parameters.get('connected_account_id') ?? parameters.get('connectedAccountId'),
    sessionUri: parameters.get('session_uri'),
    state: parameters.get('state'),
  };
}

/** Returns the flow that was pending before a reload of this page. */
function readPending(page: Window): ReturnedFlow | null {
  const pending = readStored(() => page.sessionStorage, PENDING_KEY) as PendingFlow | null | undefined;
  if (pending?.path !== page.location.pathname) return null;
  const { attempt, connectedAccountId, sessionUri, state } = pending;
  return { attempt, connectedAccountId, sessionUri, state };
}
