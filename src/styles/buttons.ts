import { css } from 'lit';

/**
 * Buttons in lists, forms and questions: small, with a border. `primary` is filled, `plain` has no border, `danger` ends
 * something, `medium` is as high as a field. With the tiers of `tokens`.
 *
 * @cssprop --connect-account-button-height - Height of a button in a panel or the list.
 * @cssprop --connect-account-button-padding - Padding at the start and end of a button.
 * @cssprop --connect-account-button-radius - Corner radius of a button.
 * @cssprop --connect-account-button-background - Background of a button.
 * @cssprop --connect-account-button-color - Text color of a button.
 * @cssprop --connect-account-button-border - Border color of a button.
 * @cssprop --connect-account-button-font-weight - Font weight of a button.
 * @cssprop --connect-account-button-hover-background - Background of a button under the pointer.
 * @cssprop --connect-account-button-primary-background - Background of a primary button.
 * @cssprop --connect-account-button-primary-color - Text color of a primary button.
 * @cssprop --connect-account-button-primary-hover-background - Background of a primary button under the pointer.
 * @cssprop --connect-account-button-danger-color - Text and border color of a button that disconnects.
 * @cssprop --connect-account-button-disabled-opacity - Opacity of a disabled button.
 */
export const buttons = css`
  .button {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    box-sizing: border-box;
    min-block-size: var(--connect-account-button-height, 2.4616em);
    padding: 0.2em var(--connect-account-button-padding, 0.9231em);
    border: 1px solid var(--connect-account-button-border, var(--_border));
    border-radius: var(--connect-account-button-radius, var(--_radius));
    background: var(--connect-account-button-background, var(--_surface));
    color: var(--connect-account-button-color, var(--_text));
    font: inherit;
    font-size: var(--_small-text);
    font-weight: var(--connect-account-button-font-weight, var(--_font-weight));
    line-height: 1.5385;
    text-decoration: none;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition: background-color var(--_duration) var(--_easing);
  }

  .button.medium {
    min-block-size: var(--connect-account-button-height, 2.5715em);
    padding-inline: var(--connect-account-button-padding, 1em);
    font-size: inherit;
  }

  .button:hover {
    background: var(--connect-account-button-hover-background, var(--_hover));
  }

  .button.plain {
    border-color: transparent;
  }

  .button.plain:not(:hover) {
    background: none;
  }

  .button.danger {
    border-color: currentColor;
    color: var(--connect-account-button-danger-color, var(--_danger));
  }

  .button.primary {
    border-color: transparent;
    background: var(--connect-account-button-primary-background, var(--_accent));
    color: var(--connect-account-button-primary-color, var(--_accent-text));
  }

  .button.primary:hover {
    background: var(--connect-account-button-primary-hover-background, var(--_accent-hover));
  }

  .button:disabled,
  .button[aria-disabled='true'] {
    opacity: var(--connect-account-button-disabled-opacity, 0.55);
    cursor: default;
  }

  .button:focus-visible {
    border-radius: var(--connect-account-button-radius, var(--_radius));
  }

  @media (pointer: coarse) {
    .button {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .button,
    .button.primary,
    .button.plain {
      border-color: ButtonBorder;
      color: ButtonText;
    }

    .button:hover {
      border-color: Highlight;
    }

    .button:disabled,
    .button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
