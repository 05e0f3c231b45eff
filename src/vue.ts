/** Types for Vue templates: `import type {} from 'connect-account/vue.js'`. */
import type { DefineComponent, HTMLAttributes } from 'vue';
import type { ConnectAccountAttributes, ConnectedAccountsListAttributes } from './element-attributes.js';
import type { ConnectAccountEventMap } from './events/account-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

/** A template's `@account-connected` is the property `onAccountConnected`. */
type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${PascalCase<Type>}`]?: (event: EventMap[Type]) => void;
};

type PascalCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${PascalCase<Tail>}`
  : Capitalize<Name>;

declare module 'vue' {
  interface GlobalComponents {
    'connect-account': DefineComponent<ConnectAccountAttributes & HTMLAttributes & Listeners<ConnectAccountEventMap>>;
    'connected-accounts-list': DefineComponent<
      ConnectedAccountsListAttributes & HTMLAttributes & Listeners<ConnectedAccountsListEventMap>
    >;
  }
}
