import type { FormValue } from '../../controllers/form-value-controller.js';
import type { Messages } from '../../messages/messages.js';
import { formatForApp } from '../shared/describe-attempt.js';
import type { ConnectAccount } from './connect-account.js';

/** What a form reads: the id of the connected account. */
export function formValueOf(element: ConnectAccount, messages: Messages): FormValue {
  const { account, required, state } = element;
  const value = account?.status === 'ACTIVE' ? account.id : null;
  const anchor = element.renderRoot.querySelector<HTMLElement>('.trigger') ?? undefined;
  return { value, missing: required && value === null ? formatForApp(messages.required, state, messages) : '', anchor };
}
