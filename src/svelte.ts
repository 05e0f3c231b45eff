/** Types for Svelte templates: `import type {} from 'connect-account/svelte.js'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type {
  AttributesOf,
  AttributeValue,
  ConnectAccountObjects,
  ConnectAccountValues,
  ConnectedAccountsListObjects,
  ConnectedAccountsListValues,
  DeferHydration,
  KebabCase,
} from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
import type { ConnectAccountEventMap } from './events/action-events.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

/** Svelte 5 listens through `onaccount-connected`, Svelte 4 through `on:account-connected`. */
type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${Type}` | `on:${Type}`]?: (event: EventMap[Type]) => void;
};

/** A value under the name of its property or of its attribute. A function or an object works only as a property. */
type TagProps<Element extends EventTarget, Values, Objects, EventMap> = Omit<
  HTMLAttributes<Element>,
  keyof Values | keyof AttributesOf<Values>
> &
  Partial<Omit<AttributesOf<Values>, keyof Values>> & {
    [Name in keyof Values]?: Values[Name] | AttributeValue<Name, Values[Name]>;
  } & Objects &
  DeferHydration &
  Listeners<EventMap>;

type RequiredText<Name extends string> = { [Key in Name]: string } | { [Key in KebabCase<Name>]: string };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'connect-account': TagProps<ConnectAccount, ConnectAccountValues, ConnectAccountObjects, ConnectAccountEventMap> &
      RequiredText<'userId'> &
      RequiredText<'authConfigId'>;
    'connected-accounts-list': TagProps<
      ConnectedAccountsList,
      ConnectedAccountsListValues,
      ConnectedAccountsListObjects,
      ConnectedAccountsListEventMap
    > &
      RequiredText<'userId'>;
  }
}
