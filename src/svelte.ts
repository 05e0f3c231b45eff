/** Types for Svelte templates: `import type {} from 'connect-account/svelte.js'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { ConnectAccountAttributes, ConnectedAccountsListAttributes } from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import type { ConnectAccountEventMap } from './events/account-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

/** Svelte 5 listens through `onaccount-connected`, Svelte 4 through `on:account-connected`. */
type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${Type}` | `on:${Type}`]?: (event: EventMap[Type]) => void;
};

type ElementAttributes<Element extends EventTarget, Attributes, EventMap> = HTMLAttributes<Element> &
  Attributes &
  Listeners<EventMap>;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'connect-account': ElementAttributes<ConnectAccount, ConnectAccountAttributes, ConnectAccountEventMap>;
    'connected-accounts-list': ElementAttributes<
      ConnectedAccountsList,
      ConnectedAccountsListAttributes,
      ConnectedAccountsListEventMap
    >;
  }
}
