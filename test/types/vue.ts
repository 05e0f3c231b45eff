import 'connect-account/vue.js';
import type { GlobalComponents } from 'vue';

type Props = InstanceType<GlobalComponents['connect-account']>['$props'];

export const props: Props = {
  userId: 'user_123',
  authConfigId: 'ac_github',
  timeout: 60_000,
  credentialsForm: 'hosted',
};

// @ts-expect-error: in ms
export const wrong: Props = { timeout: '1 minute' };

type ListProps = InstanceType<GlobalComponents['connected-accounts-list']>['$props'];

export const listProps: ListProps = { userId: 'user_123', toolkitSlugs: ['github'], limit: 50, searchable: true };
