import { css } from 'lit';

/** Styles of the button that opens the menu. */
export const menuButtonStyles = css`
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

  @media (forced-colors: active) {
    .menu-button[aria-expanded='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
