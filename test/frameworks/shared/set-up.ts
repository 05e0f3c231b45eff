import { connectionData, heard, messages, tokenFor } from './case.js';

/** Gives the elements of a page without a framework what no attribute can hold, and lets them start. */
export function setUp(root: ParentNode): void {
  const github = root.querySelector<HTMLElementTagNameMap['connect-account']>('#github');
  const zendesk = root.querySelector<HTMLElementTagNameMap['connect-account']>('#zendesk');
  const list = root.querySelector('connected-accounts-list');
  if (!github || !zendesk || !list) return;

  const showUser = (userId: string): void => {
    sessionStorage.setItem('user', userId);
    for (const element of [github, zendesk, list]) {
      element.userId = userId;
      element.sessionToken = tokenFor(userId);
    }
  };

  github.messages = messages;
  zendesk.connectionData = connectionData;
  showUser(sessionStorage.getItem('user') ?? 'user_ada');
  github.addEventListener('account-connected', heard);
  github.addEventListener('account-connect-cancel', heard);
  list.addEventListener('accounts-load-error', heard);
  root.querySelector<HTMLElement>('#switch-user')?.addEventListener('click', () => showUser('user_bob'));
  for (const element of [github, zendesk, list]) element.removeAttribute('defer-hydration');
}
