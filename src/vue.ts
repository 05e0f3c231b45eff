/** Types for Vue templates: `import type {} from 'connect-account/vue.js'`. */
import type { DefineComponent, HTMLAttributes } from 'vue';
import type {
  ConnectAccountObjects,
  ConnectAccountValues,
  ConnectedAccountsListObjects,
  ConnectedAccountsListValues,
  DeferHydration,
  PascalCase,
} from './element-attributes.js';
import type { ConnectAccountEventMap } from './events/action-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

/** A template's `@account-connected` is the property `onAccountConnected`. */
type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${PascalCase<Type>}`]?: (event: EventMap[Type]) => void;
};

/**
 * Names of properties only, because Vue sets a function or an object under the name of an attribute as text. Its type checker
 * reads `user-id="…"` in a template as `userId`.
 */
type TagProps<Properties, EventMap> = Properties &
  Omit<HTMLAttributes, keyof Properties> & { deferHydration?: DeferHydration['defer-hydration'] } & Listeners<EventMap>;

declare module 'vue' {
  interface GlobalComponents {
    'connect-account': DefineComponent<TagProps<ConnectAccountValues & ConnectAccountObjects, ConnectAccountEventMap>>;
    'connected-accounts-list': DefineComponent<
      TagProps<ConnectedAccountsListValues & ConnectedAccountsListObjects, ConnectedAccountsListEventMap>
    >;
  }
}
