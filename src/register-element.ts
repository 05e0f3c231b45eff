import { isCallbackAddress } from './core/model/callback-protocol.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

/**
 * Registers an element, unless its tag is taken. Two bundles on one page must not throw. Warns if the tag belongs to another
 * class, because the page then mixes two versions. On the address of a callback page it runs that page instead.
 */
export function registerElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
  if (globalThis.location && isCallbackAddress(location)) {
    // A service worker or the router of a single-page app can answer any address with the app, also that of the callback page.
    // The app must not start there: nobody would tell the backend that the flow has ended.
    void import('./callback-page.js');
    return;
  }
  const registered = registry?.get(tag);
  if (!registered) registry?.define(tag, element);
  else if (registered !== element)
    console.warn(`<${tag}> is registered already, maybe by another copy of connect-account.`);
}

declare global {
  /** Types the result of `document.querySelector('connect-account')`. */
  interface HTMLElementTagNameMap {
    'connect-account': ConnectAccount;
    'connected-accounts-list': ConnectedAccountsList;
  }
}
