/** Types for Solid: `import type {} from 'connect-account/solid.js'`. */
import type { JSX } from 'solid-js';
import type {
  AttributesOf,
  ConnectAccountObjects,
  ConnectAccountValues,
  ConnectedAccountsListObjects,
  ConnectedAccountsListValues,
  DeferHydration,
} from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import type { ConnectAccountEventMap } from './events/action-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on:${Type}`]?: (event: EventMap[Type]) => void;
};

/** Solid sets a property by its exact name only behind `prop:`. */
type Objects<Properties> = { [Name in keyof Properties as `prop:${Name & string}`]: Properties[Name] };

type TagProps<Element, Values, Properties, EventMap> = Omit<JSX.HTMLAttributes<Element>, keyof AttributesOf<Values>> &
  AttributesOf<Values> &
  Objects<Properties> &
  DeferHydration &
  Listeners<EventMap>;

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'connect-account': TagProps<ConnectAccount, ConnectAccountValues, ConnectAccountObjects, ConnectAccountEventMap>;
      'connected-accounts-list': TagProps<
        ConnectedAccountsList,
        ConnectedAccountsListValues,
        ConnectedAccountsListObjects &
          Partial<Pick<ConnectedAccountsList, 'toolkitSlugs' | 'authConfigIds' | 'statuses'>>,
        ConnectedAccountsListEventMap
      >;
    }
  }
}
