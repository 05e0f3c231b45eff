import { css } from 'lit';

export const accountMenuStyles = css`
  .menu-button {
    display: grid;
    flex: none;
    place-items: center;
    box-sizing: border-box;
    inline-size: 28px;
    block-size: 28px;
    padding: 0;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) - 2px);
    background: none;
    color: var(--_muted);
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  .menu-button:hover,
  .menu-button[aria-expanded='true'] {
    background: color-mix(in srgb, var(--_text), transparent 92%);
    color: var(--_text);
  }

  .menu-button svg {
    inline-size: 16px;
    block-size: 16px;
  }

  .menu-panel {
    inline-size: max-content;
    min-inline-size: 11rem;
    max-inline-size: min(20rem, 100vw - 16px);
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_surface);
    box-shadow: 0 8px 24px light-dark(#0d152624, #0000008f);
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_font-size);
    font-weight: 400;
    line-height: 1.4;
    text-align: start;
  }

  .menu-item {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 6px 10px;
    border: 0;
    border-radius: calc(var(--_radius) - 2px);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }

  .menu-item:hover,
  .menu-item:focus {
    background: color-mix(in srgb, var(--_text), transparent 92%);
  }

  .menu-item:focus-visible {
    border-radius: calc(var(--_radius) - 2px);
    outline-offset: -2px;
  }

  .menu-item[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }

  .menu-item.danger,
  .answer.danger {
    color: var(--_danger);
  }

  .question {
    inline-size: 17rem;
    padding: calc(var(--_space) * 1.5);
  }

  .question p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .question-title {
    display: block;
    font-weight: 600;
  }

  .question-text {
    padding-block-start: 4px;
    color: var(--_muted);
    font-size: 0.93em;
  }

  .name-input {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 34px;
    margin-block-start: 6px;
    padding: 4px 8px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 2px);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }

  .name-input[aria-invalid] {
    border-color: var(--_danger);
  }

  .name-problem {
    color: var(--_danger);
    font-size: 0.93em;
  }

  .name-problem:not(:empty) {
    padding-block-start: 4px;
  }

  .answers {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    padding-block-start: calc(var(--_space) * 1.5);
  }

  .answer {
    min-block-size: 32px;
    padding: 4px 12px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) - 2px);
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  .answer:hover {
    background: color-mix(in srgb, currentColor, transparent 92%);
  }

  .answer.danger {
    border-color: color-mix(in srgb, var(--_danger), transparent 55%);
  }

  .answer.accent {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_accent-text);
  }

  .failure-actions {
    display: inline-flex;
    gap: calc(var(--_space) * 2);
  }

  @media (prefers-reduced-motion: no-preference) {
    .menu-panel {
      animation: menu-appears 90ms ease-out;
    }

    @keyframes menu-appears {
      from {
        opacity: 0;
      }
    }
  }

  @media (forced-colors: active) {
    .menu-item:focus,
    .menu-button[aria-expanded='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .menu-item[aria-disabled='true'] {
      color: GrayText;
    }

    .answer.accent {
      border-color: ButtonBorder;
      color: ButtonText;
    }

    .answer:hover {
      border-color: Highlight;
    }

    .name-input[aria-invalid] {
      border-width: 2px;
    }
  }
`;
