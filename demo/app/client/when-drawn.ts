import type { ReactiveElement } from 'lit';

/** Calls `read` now and after each time that an element has drawn itself, once its class is there. */
export async function whenDrawn<Drawn extends ReactiveElement>(
  element: Drawn,
  read: (element: Drawn) => void,
): Promise<void> {
  await customElements.whenDefined(element.localName);
  element.addController({ hostUpdated: () => read(element) });
  read(element);
}
