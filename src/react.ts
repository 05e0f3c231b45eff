'use client';
/**
 * React components of both elements, which work in server-rendered pages too. A plain tag does not: React sets only its
 * attributes there, no property and no listener.
 * @see https://github.com/facebook/react/issues/35446
 */
import { createComponent } from '@lit/react';
import * as React from 'react';
import './define.js';
import type {
  AttributesOf,
  ConnectAccountObjects,
  ConnectAccountValues,
  ConnectedAccountsListObjects,
  ConnectedAccountsListValues,
  DeferHydration,
  PascalCase,
} from './element-attributes.js';
import { ConnectAccount as ConnectAccountElement } from './elements/connect-account/connect-account.js';
import { ConnectedAccountsList as ConnectedAccountsListElement } from './elements/connected-accounts-list/connected-accounts-list.js';
import type { ConnectAccountEventMap } from './events/action-events.js';
import { ALL_EVENT_NAMES } from './events/event-names.js';
import type { ConnectedAccountsListEventMap } from './events/list-events.js';

type Listeners<EventMap> = {
  [Type in keyof EventMap & string as `on${PascalCase<Type>}`]?: ((event: EventMap[Type]) => void) | undefined;
};

type Props<Element, Properties, EventMap> = Omit<
  React.HTMLAttributes<Element>,
  keyof Properties | keyof Listeners<EventMap>
> &
  Properties &
  Listeners<EventMap>;

/** The props of `ConnectAccount`. */
export type ConnectAccountProps = Props<
  ConnectAccountElement,
  ConnectAccountValues & ConnectAccountObjects,
  ConnectAccountEventMap
>;

/** The props of `ConnectedAccountsList`. */
export type ConnectedAccountsListProps = Props<
  ConnectedAccountsListElement,
  ConnectedAccountsListValues & ConnectedAccountsListObjects,
  ConnectedAccountsListEventMap
>;

type Component<Element, ElementProps> = React.ForwardRefExoticComponent<ElementProps & React.RefAttributes<Element>>;

/** Returns `onAccountConnected` for `account-connected`. */
const listenerProp = (type: string): string =>
  `on-${type}`.replace(/-(.)/g, (_hyphen, letter: string) => letter.toUpperCase());

const events = Object.fromEntries(ALL_EVENT_NAMES.map((type) => [listenerProp(type), type]));

/**
 * Wraps an element in a component. On a server it renders the tag with `defer-hydration`, which keeps the element from
 * reading anything. `createComponent` removes it in the browser, after it has set all properties.
 */
function wrap<Element extends HTMLElement, ElementProps>(
  tagName: string,
  elementClass: new () => Element,
  displayName: string,
): Component<Element, ElementProps> {
  const component = createComponent({ react: React, tagName, elementClass, events, displayName });
  const deferred = React.forwardRef<Element, ElementProps>((props, ref) =>
    React.createElement(component as React.ElementType, { 'defer-hydration': '', ...props, ref }),
  );
  deferred.displayName = displayName;
  return deferred as Component<Element, ElementProps>;
}

/** Connects one third-party account of a user: `<connect-account>`. */
export const ConnectAccount: Component<ConnectAccountElement, ConnectAccountProps> = wrap(
  'connect-account',
  ConnectAccountElement,
  'ConnectAccount',
);

/** Lists the connected accounts of a user: `<connected-accounts-list>`. */
export const ConnectedAccountsList: Component<ConnectedAccountsListElement, ConnectedAccountsListProps> = wrap(
  'connected-accounts-list',
  ConnectedAccountsListElement,
  'ConnectedAccountsList',
);

declare module 'react' {
  namespace JSX {
    /** The tags themselves, with what React renders on a server and in a browser alike: attributes. */
    interface IntrinsicElements {
      'connect-account': Props<ConnectAccountElement, AttributesOf<ConnectAccountValues> & DeferHydration, object> &
        React.ClassAttributes<ConnectAccountElement>;
      'connected-accounts-list': Props<
        ConnectedAccountsListElement,
        AttributesOf<ConnectedAccountsListValues> & DeferHydration,
        object
      > &
        React.ClassAttributes<ConnectedAccountsListElement>;
    }
  }
}
