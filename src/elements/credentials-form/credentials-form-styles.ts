import { css } from 'lit';

export const credentialsFormStyles = css`
  .panel {
    inline-size: 22rem;
    max-inline-size: calc(100vw - 16px);
    padding: calc(var(--_space) * 2);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface);
    box-shadow: 0 8px 28px light-dark(#0d152629, #0000008f);
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_font-size);
    line-height: 1.4;
  }

  .panel form {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }

  .panel h2,
  .panel p {
    margin: 0;
  }

  .panel h2 {
    font-size: 1.07em;
    font-weight: 600;
  }

  .field,
  .folded {
    display: grid;
    gap: 4px;
  }

  .folded {
    gap: calc(var(--_space) * 1.5);
    padding-block-start: var(--_space);
  }

  .field label:not(.action) {
    font-weight: 500;
  }

  .input,
  .beside {
    display: flex;
    align-items: center;
    gap: var(--_space);
  }

  .beside {
    position: relative;
    gap: calc(var(--_space) * 2);
  }

  .panel input:not([type='file']),
  .panel textarea {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid color-mix(in srgb, var(--_border), var(--_text) 30%);
    border-radius: max(0px, calc(var(--_radius) - 2px));
    background: color-mix(in srgb, var(--_surface), var(--_text) 2%);
    color: inherit;
    font: inherit;
  }

  .panel textarea {
    font-family: ui-monospace, monospace;
    font-size: 0.86em;
    resize: vertical;
  }

  /* What a password field does with its one line (Firefox from 111, Chromium and WebKit always). */
  .masked {
    -webkit-text-security: disc;
  }

  .panel [aria-invalid='true'] {
    border-color: var(--_danger);
  }

  .panel input:focus-visible,
  .panel textarea:focus-visible {
    outline-offset: 0;
  }

  .field-hint {
    color: var(--_muted);
    font-size: 0.86em;
  }

  .field-error,
  .form-error {
    color: var(--_danger);
    font-size: 0.93em;
  }

  .field-error:empty,
  .form-error:empty {
    display: none;
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
    min-block-size: 24px;
    color: var(--_muted);
    font-weight: 500;
    cursor: pointer;
  }

  .form-actions {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: calc(var(--_space) * 2);
    padding-block-start: 4px;
  }

  .submit {
    min-block-size: 36px;
    padding: 0 calc(var(--_space) * 2);
    border: 1px solid transparent;
    border-radius: max(0px, calc(var(--_radius) - 2px));
    background: var(--_accent);
    color: var(--_accent-text);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  .submit:hover {
    background: color-mix(in srgb, var(--_accent), var(--_text) 12%);
  }

  .submit[aria-disabled='true'] {
    opacity: 0.65;
    cursor: default;
  }

  @media (forced-colors: active) {
    .submit {
      border-color: ButtonBorder;
      color: ButtonText;
    }

    .submit[aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
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
      padding-block-end: max(calc(var(--_space) * 2), env(safe-area-inset-bottom));
    }
  }
`;
