import 'connect-account/vue.js';
import type { GlobalComponents } from 'vue';

type Props = InstanceType<GlobalComponents['connect-account']>['$props'];

export const props: Props = {
  userId: 'user_123',
  authConfigId: 'ac_github',
  timeout: 60_000,
  credentialsForm: 'hosted',
  sessionToken: async () => 'token',
  onAccountConnected: ({ detail }) => detail.account.id satisfies string,
  class: 'wide',
};

// @ts-expect-error: in ms
export const wrong: Props = { userId: 'u', authConfigId: 'ac', timeout: '1 minute' };
// @ts-expect-error: authConfigId is required
export const noAuthConfig: Props = { userId: 'u' };
// @ts-expect-error: userId is required
export const noUser: Props = { authConfigId: 'ac' };
// @ts-expect-error: Vue would set a function as text
export const functionAsText: Props = { userId: 'u', authConfigId: 'ac', 'session-token': () => 'token' };

type ListProps = InstanceType<GlobalComponents['connected-accounts-list']>['$props'];

export const listProps: ListProps = {
  userId: 'user_123',
  toolkitSlugs: ['github'],
  statuses: ['ACTIVE'],
  limit: 50,
  searchable: true,
  onAccountsLoaded: ({ detail }) => detail.count satisfies number,
};

// @ts-expect-error: userId is required
export const noListUser: ListProps = { limit: 50 };
