import 'connect-account/define.js';
import { connectionData, heard, messages, tokenFor } from './case';

// Fires at first and after each navigation of the client router.
document.addEventListener('astro:page-load', () => {
  const github = document.querySelector<HTMLElementTagNameMap['connect-account']>('#github');
  const zendesk = document.querySelector<HTMLElementTagNameMap['connect-account']>('#zendesk');
  const list = document.querySelector('connected-accounts-list');
  if (!github || !zendesk || !list) return;

  github.messages = messages;
  zendesk.connectionData = connectionData;
  for (const element of [github, zendesk, list]) {
    element.sessionToken = () => tokenFor(element.userId)();
    element.addEventListener('account-connected', heard);
    element.removeAttribute('defer-hydration');
  }
  github.addEventListener('account-connect-cancel', heard);
  list.addEventListener('accounts-load-error', heard);

  document.querySelector('#switch-user')?.addEventListener('click', () => {
    // biome-ignore lint/suspicious/noDocumentCookie: no browser but Chromium has had the other way for long
    document.cookie = 'user=user_bob; path=/';
    for (const element of [github, zendesk, list]) element.userId = 'user_bob';
  });
});
