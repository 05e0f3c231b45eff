/** Types for Preact: `import type {} from 'connect-account/preact.js'`. */
import type { ClassAttributes, HTMLAttributes } from 'preact';
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
  [Type in keyof EventMap & string as `on${Type}`]?: (event: EventMap[Type]) => void;
};

/** Attributes, because Preact sets no property but functions on a tag that a server has rendered. */
type TagProps<Element extends EventTarget, Values, Objects, EventMap> = Omit<
  HTMLAttributes<Element>,
  keyof AttributesOf<Values>
> &
  ClassAttributes<Element> &
  AttributesOf<Values> &
  Objects &
  DeferHydration &
  Listeners<EventMap>;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'connect-account': TagProps<ConnectAccount, ConnectAccountValues, ConnectAccountObjects, ConnectAccountEventMap>;
      'connected-accounts-list': TagProps<
        ConnectedAccountsList,
        ConnectedAccountsListValues,
        ConnectedAccountsListObjects,
        ConnectedAccountsListEventMap
      >;
    }
  }
}
