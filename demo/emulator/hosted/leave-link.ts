import type { Context } from 'hono';
import type { EmulatorContext } from '../emulator-context.js';
import type { AccountRecord, LinkOutcome } from '../emulator-state.js';
import { messagePage } from './hosted-page-html.js';

/** Ends a flow on the host's page if it named one, otherwise on a page of the emulator. */
export function leaveFlow(
  context: Context,
  { knobs }: EmulatorContext,
  account: AccountRecord,
  { callbackUrl, outcome, parameterNames }: CallbackTarget,
): Response | Promise<Response> {
  if (callbackUrl === undefined) {
    return outcome.status === 'success'
      ? context.html(messagePage('Connected', 'You can close this window.'))
      : context.html(messagePage('Not connected', outcome.error ?? 'You can close this window and try again.'));
  }
  const told = knobs.callback.error === undefined ? outcome : { status: 'failed', error: knobs.callback.error };
  const parameters = new URLSearchParams({ status: told.status });
  if (!knobs.callback.omitAccountId) {
    parameters.set(parameterNames === 'camel' ? 'connectedAccountId' : 'connected_account_id', account.id);
  }
  if (parameterNames === 'camel') parameters.set('appName', account.toolkitSlug);
  if (told.error !== undefined) parameters.set('error', told.error);
  return context.redirect(appendQuery(callbackUrl, parameters));
}

/** The host's page and the outcome to report there. */
export interface CallbackTarget {
  readonly callbackUrl: string | undefined;
  readonly outcome: LinkOutcome;
  readonly parameterNames: 'snake' | 'camel';
}

/** Appends to the query and keeps the existing part byte for byte. */
export function appendQuery(address: string, parameters: URLSearchParams): string {
  const url = new URL(address);
  url.search = url.search === '' ? `?${parameters}` : `${url.search}&${parameters}`;
  return url.href;
}
