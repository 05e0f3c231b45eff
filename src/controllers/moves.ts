import { adoptStyles, type CSSResult, type CSSResultOrNative } from 'lit';

/**
 * Runs `teardown` once the current task is over, unless the host is in a page again by then. A move within the page is a
 * removal and an insertion in the same task (https://dom.spec.whatwg.org/#concept-node-insert).
 */
export function afterMove(host: { readonly isConnected: boolean }, teardown: () => void): void {
  queueMicrotask(() => {
    if (!host.isConnected) teardown();
  });
}

/**
 * Gives a shadow root its sheets, also after a move to another document. The move takes them away, because a sheet belongs
 * to the document that it was made in (https://drafts.csswg.org/cssom/#dom-documentorshadowroot-adoptedstylesheets).
 */
export function adoptSheets(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { defaultView: view } = root.ownerDocument;
  if (view === window) adoptStyles(root, [...styles]);
  // A document without a window shows nothing.
  // Without sheets of its own the root has `<style>` elements, which move along.
  if (!view || view === window || !('adoptedStyleSheets' in root)) return;
  root.adoptedStyleSheets = styles.filter(hasText).map(({ cssText }) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}

function hasText(style: CSSResultOrNative): style is CSSResult {
  return 'cssText' in style;
}
