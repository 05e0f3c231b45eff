import type { CSSResult, CSSResultOrNative } from 'lit';

/**
 * Gives a shadow root its sheets anew after a move to another document, which takes them away, since a sheet belongs to the
 * document that it was made in (https://drafts.csswg.org/cssom/#dom-documentorshadowroot-adoptedstylesheets).
 */
export function adoptSheetsAgain(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const view = root.ownerDocument.defaultView;
  // A document without a window shows nothing.
  if (!view) return;
  root.adoptedStyleSheets = styles.filter(hasText).map(({ cssText }) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}

function hasText(style: CSSResultOrNative): style is CSSResult {
  return 'cssText' in style;
}
