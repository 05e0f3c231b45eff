import type { ConnectedAccountsList } from '../../../src/index.js';

/** The button lets an account die upstream and tells the list to look, as an app would that has heard of it by a webhook. */
export function expireUpstream(): void {
  const list = document.querySelector<ConnectedAccountsList>('connected-accounts-list');
  document.querySelector('#expire-account')?.addEventListener('click', () => {
    void fetch('/demo/expire', { method: 'POST' }).then(() => list?.reload());
  });
}
