import 'connect-account/svelte.js';
import type { SvelteHTMLElements } from 'svelte/elements';

type Attributes = SvelteHTMLElements['connect-account'];

export const attributes: Attributes = {
  'user-id': 'user_123',
  'auth-config-id': 'ac_github',
  'credentials-form': 'hosted',
  'allow-multiple': 'false',
  'onaccount-connected': ({ detail }) => detail.account.id satisfies string,
  'on:account-connect-error': ({ detail }) => detail.error.code,
};

export const properties: Attributes = {
  userId: 'user_123',
  authConfigId: 'ac_github',
  allowMultiple: false,
  sessionToken: async () => 'token',
  messages: { connect: 'Link {app}' },
  class: 'wide',
};

// @ts-expect-error: no such attribute
export const wrong: Attributes = { 'user-id': 'u', 'auth-config-id': 'ac', 'auth-config': 'ac_github' };
// @ts-expect-error: auth-config-id is required
export const noAuthConfig: Attributes = { 'user-id': 'u' };
// @ts-expect-error: user-id is required
export const noUser: Attributes = { authConfigId: 'ac' };
// @ts-expect-error: Svelte would set a function as text
export const functionAsText: Attributes = { 'user-id': 'u', 'auth-config-id': 'ac', 'session-token': () => 'token' };
// @ts-expect-error: a misspelt event
export const misspelt: Attributes = { 'user-id': 'u', 'auth-config-id': 'ac', 'onaccount-conected': () => {} };
// @ts-expect-error: user-id is required
export const noListUser: SvelteHTMLElements['connected-accounts-list'] = { limit: 5 };

export const list: SvelteHTMLElements['connected-accounts-list'] = {
  'user-id': 'user_123',
  statuses: 'ACTIVE, EXPIRED',
  'toolkit-slugs': 'github',
  'onaccounts-loaded': ({ detail }) => detail.count satisfies number,
};

export const listProperties: SvelteHTMLElements['connected-accounts-list'] = {
  userId: 'user_123',
  statuses: ['ACTIVE', 'EXPIRED'],
  toolkitSlugs: ['github'],
};
