/**
 * Registers an element under its tag, unless something is registered there already: two bundles on one page must not
 * throw. Warns when that something is another class, since the page then mixes two versions.
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
