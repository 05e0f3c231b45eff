import 'connect-account/svelte.js';
import type { SvelteHTMLElements } from 'svelte/elements';

type Attributes = SvelteHTMLElements['connect-account'];

export const attributes: Attributes = {
  'user-id': 'user_123',
  'auth-config-id': 'ac_github',
  'credentials-form': 'hosted',
  'onaccount-connected': ({ detail }) => detail.account.id satisfies string,
};

// @ts-expect-error: no such attribute
export const wrong: Attributes = { 'auth-config': 'ac_github' };

export const list: SvelteHTMLElements['connected-accounts-list'] = {
  'user-id': 'user_123',
  statuses: 'ACTIVE, EXPIRED',
  'onaccounts-loaded': ({ detail }) => detail.count satisfies number,
};
