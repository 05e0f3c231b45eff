/** Types for React 19 and newer: `import type {} from 'connect-account/react.js'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ConnectAccountAttributes, ConnectedAccountsListAttributes } from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import type { ConnectAccountEventMap } from './events/account-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

/** React 19 listens to `account-connected` through the property `onaccount-connected`. */
type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${Type}`]?: (event: EventMap[Type]) => void;
};

type ElementAttributes<Element, Attributes, EventMap> = DetailedHTMLProps<HTMLAttributes<Element>, Element> &
  Attributes &
  Listeners<EventMap>;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'connect-account': ElementAttributes<ConnectAccount, ConnectAccountAttributes, ConnectAccountEventMap>;
      'connected-accounts-list': ElementAttributes<
        ConnectedAccountsList,
        ConnectedAccountsListAttributes,
        ConnectedAccountsListEventMap
      >;
    }
  }
}
