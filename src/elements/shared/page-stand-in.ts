/**
 * Lets Lit's build for browsers load on a server. Bundlers for Cloudflare Workers resolve the condition `browser` for
 * server-rendered code too, and that build reads `document` and `HTMLElement` while it loads.
 * @see https://github.com/lit/lit/issues/3907
 */
const isWithoutPage = typeof document === 'undefined' && typeof HTMLElement === 'undefined';

if (isWithoutPage) {
  class ElementStandIn {}
  Object.defineProperties(globalThis, {
    document: { configurable: true, value: { createTreeWalker() {} } },
    // Lit's build for Node has its own class, and has defined `customElements` when it asks for this one.
    HTMLElement: { configurable: true, get: () => (globalThis.customElements ? undefined : ElementStandIn) },
  });
}

/** Removes what stood in, because other code takes a `document` for a page. */
export function removePageStandIn(): void {
  if (!isWithoutPage) return;
  Reflect.deleteProperty(globalThis, 'document');
  Reflect.deleteProperty(globalThis, 'HTMLElement');
}
