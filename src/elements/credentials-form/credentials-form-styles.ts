import { css } from 'lit';

/**
 * Styles of the form for credentials.
 *
 * @cssprop --connect-account-panel-mark-background - Background of the app's logo in a panel.
 * @cssprop --connect-account-field-label-weight - Weight of a field's label.
 * @cssprop --connect-account-field-hint-color - Color of a field's hint.
 * @cssprop --connect-account-field-error-color - Color of a field's error.
 */
export const credentialsFormStyles = css`
  .panel {
    inline-size: var(--connect-account-panel-width, 23em);
    max-inline-size: calc(100vw - 16px);
  }

  .panel form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.75);
  }

  .panel .mark {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    box-sizing: border-box;
    inline-size: 1.4667em;
    block-size: 1.4667em;
    overflow: hidden;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.625);
    background: var(--_hover);
  }

  /* Its ground is light in the dark too, for logos that are black. One that knows of color schemes must stay dark on it. */
  .mark img {
    color-scheme: light;
    forced-color-adjust: none;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    padding: 14%;
    background: var(--connect-account-panel-mark-background, #f4f5f7);
    object-fit: contain;
  }

  .mark .letter {
    inline-size: auto;
    block-size: auto;
    background: none;
    color: inherit;
    font-size: 0.7334em;
    font-weight: 600;
    text-transform: uppercase;
  }

  .mark img:not([hidden]) + .letter {
    display: none;
  }

  .panel form > .panel-text {
    margin-block-start: calc(var(--_space) * -1.5);
  }

  .field,
  .folded {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4286em;
  }

  .folded {
    gap: calc(var(--_space) * 1.75);
    padding-block-start: var(--_space);
  }

  .field-line {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 1em;
  }

  .field-line label {
    font-weight: var(--connect-account-field-label-weight, var(--_font-weight));
    overflow-wrap: anywhere;
  }

  .field-line .action {
    font-size: var(--_small-text);
  }

  .input {
    position: relative;
  }

  /* The text has its own direction. The field has that of the page, or the button at its end would lie on the text. */
  .input .text-field {
    unicode-bidi: plaintext;
  }

  /* Room for the button that shows the secret. */
  .secret .text-field {
    padding-inline-end: 2.7143em;
  }

  .reveal {
    inset-block: 0;
    inset-inline-end: 0.2858em;
    display: grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 2.2858em;
    block-size: 2em;
    min-inline-size: 24px;
    min-block-size: 24px;
    margin-block: auto;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) * 0.75);
    background: none;
    color: var(--_muted);
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  /* Other icon buttons are relative, in a sheet that may come later. */
  .field .reveal {
    position: absolute;
  }

  .reveal:hover {
    background: var(--_hover);
    color: var(--_text);
  }

  .reveal:focus-visible {
    outline-offset: -2px;
  }

  /* As high as the button that shows the secret, which lies at its end. */
  .beside {
    position: relative;
    display: flex;
    align-items: center;
    min-block-size: 2em;
  }

  textarea.text-field {
    font-family: ui-monospace, monospace;
    font-size: 0.8572em;
    resize: vertical;
  }

  /* What a password field does with its one line (Firefox from 111, Chromium and WebKit always). */
  .masked {
    -webkit-text-security: disc;
  }

  .field-hint {
    margin: 0;
    color: var(--connect-account-field-hint-color, var(--_muted));
    font-size: var(--_small-text);
    line-height: 1.3847;
    overflow-wrap: anywhere;
  }

  .field-error {
    color: var(--connect-account-field-error-color, var(--_danger));
  }

  .file:focus-within {
    outline: var(--_focus-ring);
    outline-offset: 2px;
    border-radius: 4px;
  }

  [aria-pressed='false'] .hide,
  [aria-pressed='true'] .show {
    display: none;
  }

  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    color: var(--_muted);
    font-size: var(--_small-text);
    font-weight: 500;
    cursor: pointer;
  }

  .panel .panel-actions {
    padding-block-start: calc(var(--_space) * 0.5);
  }

  @media (pointer: coarse) {
    .text-field,
    .beside,
    .reveal {
      min-block-size: 44px;
    }

    .reveal {
      inline-size: 44px;
    }

    .secret .text-field {
      padding-inline-end: 52px;
    }
  }

  @media (forced-colors: active) {
    .reveal:hover {
      outline: 1px solid Highlight;
      outline-offset: -2px;
    }
  }

  /* A sheet at the bottom, where a panel would have no room. */
  @media (max-width: 479.98px) {
    .panel[popover] {
      inset: auto 0 0;
      margin: 0;
      position-area: none;
      inline-size: 100%;
      max-inline-size: none;
      max-block-size: 85vh;
      border-inline: 0;
      border-block-end: 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      padding-block-end: max(calc(var(--_space) * 2.25), env(safe-area-inset-bottom));
    }
  }
`;
