import { css } from 'lit';

/**
 * Styles of a panel in the top layer: its box, what all panels share, and its place. Where the browser has CSS anchor
 * positioning, `AnchoredPanelController` marks the panel with the edges that are aligned, and the browser places it, under any
 * `zoom` and transform of the page.
 *
 * No `anchor-size()` and no bound for the height here: with both and an animation, WebKitGTK 2.50 hangs. A panel for which
 * no side has room is placed by script.
 *
 * @cssprop --connect-account-panel-background - Background of menus, questions and forms.
 * @cssprop --connect-account-panel-border - Border color of menus, questions and forms.
 * @cssprop --connect-account-panel-radius - Corner radius of menus, questions and forms.
 * @cssprop --connect-account-panel-shadow - Shadow of menus, questions and forms.
 * @cssprop --connect-account-panel-padding - Padding of questions and forms.
 * @cssprop --connect-account-panel-width - Width of the form that asks for credentials.
 * @cssprop --connect-account-panel-duration - Duration of the entrance of a menu, question or form.
 * @cssprop --connect-account-panel-title-size - Font size of the title of a question or form.
 * @cssprop --connect-account-field-height - Height of a field.
 * @cssprop --connect-account-field-padding - Padding at the start and end of a field.
 * @cssprop --connect-account-field-radius - Corner radius of a field.
 * @cssprop --connect-account-field-background - Background of a field.
 * @cssprop --connect-account-field-color - Text color of a field.
 * @cssprop --connect-account-field-border - Border color of a field.
 * @cssprop --connect-account-field-focus-border - Border color of a focused field.
 * @cssprop --connect-account-field-invalid-border - Border color of a field with an error.
 */
export const anchoredPanelStyles = css`
  [popover] {
    position: fixed;
    /* For browsers without popovers, where the panel is not in the top layer. */
    z-index: 9999;
    inset: auto;
    box-sizing: border-box;
    margin: 0;
    padding: var(--connect-account-panel-padding, calc(var(--_space) * 2.25));
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--connect-account-panel-border, var(--_line));
    border-radius: var(--connect-account-panel-radius, calc(var(--_radius) * 1.5));
    background: var(--connect-account-panel-background, var(--_surface));
    box-shadow: var(
      --connect-account-panel-shadow,
      0 0.6em 2em light-dark(#1018281f, #0000008f)
    );
    color: var(--_text);
    font-weight: 400;
    text-align: start;
    white-space: normal;
    cursor: auto;
  }

  [popover][data-beside] {
    margin-block: 6px;
    position-area: self-block-end span-self-inline-end;
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
    position-visibility: always;
  }

  [popover][data-beside='bottom-end'] {
    position-area: self-block-end span-self-inline-start;
  }

  .panel-title {
    display: flex;
    align-items: center;
    gap: 0.5334em;
    margin: 0;
    font-size: var(--connect-account-panel-title-size, 1.0715em);
    font-weight: 600;
    line-height: 1.4667;
    overflow-wrap: anywhere;
  }

  .panel-text,
  .problem-text {
    margin: 0;
    font-size: var(--_small-text);
    line-height: 1.3847;
    overflow-wrap: anywhere;
  }

  .panel-text {
    color: var(--_muted);
  }

  .panel-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_space);
    padding-block-start: calc(var(--_space) * 2);
  }

  .text-field {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--connect-account-field-height, 2.5715em);
    margin: 0;
    padding: 0.4em var(--connect-account-field-padding, 0.7143em);
    border: 1px solid var(--connect-account-field-border, var(--_border));
    border-radius: var(--connect-account-field-radius, var(--_radius));
    background: var(--connect-account-field-background, var(--_surface));
    color: var(--connect-account-field-color, var(--_text));
    font: inherit;
    /* Apps that look like native ones take these from the whole page, and WebKit then takes no letter. */
    caret-color: auto;
    user-select: text;
    -webkit-user-select: text;
  }

  /* The ring lies on the border, which it makes two pixels wide. */
  .text-field:focus-visible {
    border-color: var(--connect-account-field-focus-border, var(--_accent));
    border-radius: var(--connect-account-field-radius, var(--_radius));
    outline-offset: -1px;
  }

  .text-field[aria-invalid='true'] {
    border-color: var(--connect-account-field-invalid-border, var(--_danger));
  }

  .problem-text {
    color: var(--_danger);
  }

  .field-error:empty,
  .form-error:empty {
    display: none;
  }

  .problem-line {
    display: flex;
    gap: 0.4em;
  }

  .problem-line svg {
    margin-block-start: 0.1em;
  }

  @media (prefers-reduced-motion: no-preference) {
    [popover] {
      animation: panel-appears var(--connect-account-panel-duration, 160ms) var(--_easing);
    }

    /* The box itself stays where it is, because its place is measured as soon as it is there. */
    [popover] > * {
      animation: panel-moves var(--connect-account-panel-duration, 160ms) var(--_easing);
    }

    @keyframes panel-appears {
      from {
        opacity: 0;
      }
    }

    @keyframes panel-moves {
      from {
        translate: 0 -4px;
      }
    }
  }

  @media (forced-colors: active) {
    .text-field[aria-invalid='true'] {
      border-width: 2px;
    }
  }
`;
