import './connect-account.min.js';
import { connectionData, heard, messages, tokenFor } from './case.js';

const [github, zendesk, list] = document.querySelectorAll('connect-account, connected-accounts-list');

function showUser(userId) {
  sessionStorage.setItem('user', userId);
  for (const element of [github, zendesk, list]) {
    element.sessionToken = tokenFor(userId);
    element.userId = userId;
  }
}

showUser(sessionStorage.getItem('user') ?? 'user_ada');
github.messages = messages;
zendesk.connectionData = connectionData;
for (const type of ['account-connected', 'account-connect-cancel', 'accounts-load-error']) {
  document.addEventListener(type, heard);
}
document.querySelector('#switch-user').addEventListener('click', () => showUser('user_bob'));
