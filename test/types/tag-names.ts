/** Code that only registers one tag knows the tags and the events, on windows too. See `tag-names-of-*.ts` for the others. */
import 'connect-account/define-connect-account.js';

document.querySelector('connect-account')?.connect();
document.addEventListener('account-connected', (event) => event.detail.account.id satisfies string);
window.addEventListener('account-connect-error', ({ detail }) => detail.error.code satisfies string);
