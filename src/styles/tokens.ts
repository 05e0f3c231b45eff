import { css } from 'lit';

/**
 * The theme: what all boxes share. Each public `--connect-account-*` has a fallback that fits light and dark by the page's
 * `color-scheme`; the private `--_*` are what the other sheets use. What one box alone uses, `--connect-account-<box>-*` and
 * its states, stands with its fallback where the box is styled, so that a page loads it with the box.
 *
 * Text has a contrast of at least 4.5:1 on every ground that it stands on; signs and the borders of controls have 3:1. Lengths
 * are multiples of the font size, for which `--connect-account-font-size` is the one length in px.
 *
 * @cssprop --connect-account-accent - Primary buttons, links and the focus ring.
 * @cssprop --connect-account-accent-text - Text on the accent.
 * @cssprop --connect-account-accent-hover - Primary buttons under the pointer.
 * @cssprop --connect-account-surface - Background of controls, the list and panels.
 * @cssprop --connect-account-hover - Background of what is under the pointer, and of logos.
 * @cssprop --connect-account-text - Text.
 * @cssprop --connect-account-muted - Secondary text and icons.
 * @cssprop --connect-account-border - Borders of controls.
 * @cssprop --connect-account-line - Borders of the list and of panels, and the lines within them.
 * @cssprop --connect-account-danger - Errors, and actions that disconnect.
 * @cssprop --connect-account-success - Signs and words of success.
 * @cssprop --connect-account-warning - Signs and words of what needs attention.
 * @cssprop --connect-account-radius - Corner radius. Smaller and larger boxes scale with it.
 * @cssprop --connect-account-space - Base unit of spacing.
 * @cssprop --connect-account-density - Factor for all spacing in lists, menus and panels.
 * @cssprop --connect-account-font - Font family.
 * @cssprop --connect-account-font-size - Font size of a medium-sized control. All lengths scale with it.
 * @cssprop --connect-account-font-weight - Font weight of labels.
 * @cssprop --connect-account-line-height - Line height.
 * @cssprop --connect-account-small-text - Font size of hints, details and the text below a control.
 * @cssprop --connect-account-letter-spacing - Letter spacing.
 * @cssprop --connect-account-shadow - Shadow of controls.
 * @cssprop --connect-account-duration - Duration of color changes and of the entrance of a panel.
 * @cssprop --connect-account-easing - Easing of color changes and of the entrance of a panel.
 * @cssprop --connect-account-focus-ring - Outline of what has the focus.
 * @cssprop --connect-account-focus-offset - Offset of the focus outline.
 */
export const tokens = css`
  :host {
    --_accent: var(--connect-account-accent, light-dark(#2f5fe0, #86a8ff));
    --_accent-text: var(--connect-account-accent-text, light-dark(#fff, #0d1730));
    --_accent-hover: var(--connect-account-accent-hover, color-mix(in srgb, var(--_accent), var(--_text) 16%));
    --_surface: var(--connect-account-surface, light-dark(#fff, #17181b));
    --_hover: var(--connect-account-hover, light-dark(#f4f5f7, #1f2125));
    --_text: var(--connect-account-text, light-dark(#16181d, #ecedf0));
    --_muted: var(--connect-account-muted, light-dark(#626875, #9ba1ad));
    --_border: var(--connect-account-border, light-dark(#8b909b, #62666f));
    --_line: var(--connect-account-line, light-dark(#e4e6ea, #2a2c31));
    --_danger: var(--connect-account-danger, light-dark(#b4261d, #ff9b92));
    --_success: var(--connect-account-success, light-dark(#157a3c, #5ccf8a));
    --_warning: var(--connect-account-warning, light-dark(#8f5200, #f2b95b));
    --_radius: var(--connect-account-radius, calc(8em / 14));
    --_space: calc(var(--connect-account-space, calc(8em / 14)) * var(--connect-account-density, 1));
    --_font: var(--connect-account-font, inherit);
    --_font-size: var(--connect-account-font-size, 14px);
    --_font-weight: var(--connect-account-font-weight, 500);
    --_small-text: var(--connect-account-small-text, calc(13em / 14));
    --_shadow: var(--connect-account-shadow, 0 1px 2px light-dark(#0000000a, #0000));
    --_duration: var(--connect-account-duration, 120ms);
    --_easing: var(--connect-account-easing, ease-out);
    --_focus-ring: var(--connect-account-focus-ring, 2px solid var(--_accent));
    --_focus-offset: var(--connect-account-focus-offset, 2px);
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_font-size);
    line-height: var(--connect-account-line-height, calc(20 / 14));
    letter-spacing: var(--connect-account-letter-spacing, normal);
    /* What a heading, a table or a code block around the element sets is not meant for it. The direction is. */
    font-style: normal;
    font-variant: normal;
    font-weight: 400;
    hyphens: manual;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
    -webkit-text-fill-color: currentcolor;
    -webkit-text-stroke: 0;
  }

  /* The colors of the system where light-dark() is not known (Chrome 122, Firefox 119, Safari 17.4 and earlier). */
  @supports not (color: light-dark(red, red)) {
    :host {
      --_accent: var(--connect-account-accent, LinkText);
      --_accent-text: var(--connect-account-accent-text, Canvas);
      --_accent-hover: var(--connect-account-accent-hover, LinkText);
      --_surface: var(--connect-account-surface, Canvas);
      --_hover: var(--connect-account-hover, ButtonFace);
      --_text: var(--connect-account-text, CanvasText);
      --_muted: var(--connect-account-muted, CanvasText);
      --_border: var(--connect-account-border, GrayText);
      --_line: var(--connect-account-line, GrayText);
      --_shadow: var(--connect-account-shadow, none);
    }
  }
`;
