import { css } from 'lit';

/**
 * Colors and sizes. Each public `--connect-account-*` has a fallback that fits light and dark by the page's
 * `color-scheme`; the private `--_*` are what the other sheets use. All pairs reach WCAG AA.
 */
export const tokens = css`
  :host {
    --_accent: var(--connect-account-accent, light-dark(#2559d6, #8ab0ff));
    --_accent-text: var(--connect-account-accent-text, light-dark(#ffffff, #0d1526));
    --_surface: var(--connect-account-surface, light-dark(#ffffff, #1d2026));
    --_text: var(--connect-account-text, light-dark(#1b1e24, #eceef2));
    --_muted: var(--connect-account-muted, light-dark(#5a6270, #a4acb9));
    --_border: var(--connect-account-border, light-dark(#d3d7de, #3a3f49));
    --_danger: var(--connect-account-danger, light-dark(#b3261e, #ff9a92));
    --_success: var(--connect-account-success, light-dark(#166b34, #6bd68f));
    --_warning: var(--connect-account-warning, light-dark(#8a4b00, #f5bf61));
    --_radius: var(--connect-account-radius, 8px);
    --_space: var(--connect-account-space, 8px);
    --_font: var(--connect-account-font, inherit);
    --_font-size: var(--connect-account-font-size, 14px);
    --_shadow: var(--connect-account-shadow, 0 1px 2px light-dark(#0d152612, #00000052));
    --_focus-ring: var(--connect-account-focus-ring, 2px solid var(--_accent));
    /* What a heading, a table or a code block around the element sets is not meant for it. The direction is. */
    font-style: normal;
    font-variant: normal;
    font-weight: 400;
    hyphens: manual;
    letter-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
    -webkit-text-fill-color: currentcolor;
  }

  /* The colors of the system where light-dark() is not known (Chrome 122, Firefox 119, Safari 17.4 and earlier). */
  @supports not (color: light-dark(red, red)) {
    :host {
      --_accent: var(--connect-account-accent, LinkText);
      --_accent-text: var(--connect-account-accent-text, Canvas);
      --_surface: var(--connect-account-surface, Canvas);
      --_text: var(--connect-account-text, CanvasText);
      --_border: var(--connect-account-border, GrayText);
    }
  }
`;
