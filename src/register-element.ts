import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

/**
 * Registers an element, unless its tag is taken. Two bundles on one page must not throw. Warns if the tag belongs to another
 * class, because the page then mixes two versions.
 */
export function registerElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
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
