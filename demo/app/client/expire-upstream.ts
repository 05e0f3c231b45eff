import type { ConnectedAccountsList } from '../../../src/index.js';

/** The button expires an account upstream and reloads the list, as an app would after a webhook. */
export function expireUpstream(): void {
  const list = document.querySelector<ConnectedAccountsList>('connected-accounts-list');
  document.querySelector('#expire-account')?.addEventListener('click', () => {
    void fetch('/demo/expire', { method: 'POST' }).then(() => list?.reload());
  });
}
