import { css } from 'lit';
import { controls } from '../../styles/controls.js';
import { tokens } from '../../styles/tokens.js';
import { menuButtonStyles } from '../account-menu/menu-button.js';

/**
 * The trigger and the words below it.
 *
 * @cssprop --connect-account-control-height - Height of a medium-sized control.
 * @cssprop --connect-account-trigger-width - Width of the trigger, unless its label or the layout asks for another.
 * @cssprop --connect-account-trigger-height - Height of the trigger.
 * @cssprop --connect-account-trigger-padding - Padding at the start and end of the trigger.
 * @cssprop --connect-account-trigger-gap - Space between the icon and the label of the trigger.
 * @cssprop --connect-account-trigger-radius - Corner radius of the trigger.
 * @cssprop --connect-account-trigger-font-size - Font size of the trigger.
 * @cssprop --connect-account-trigger-font-weight - Weight of the trigger's label.
 * @cssprop --connect-account-trigger-background - Background of the trigger.
 * @cssprop --connect-account-trigger-color - Text color of the trigger.
 * @cssprop --connect-account-trigger-border - Border color of the trigger.
 * @cssprop --connect-account-trigger-shadow - Shadow of the trigger.
 * @cssprop --connect-account-trigger-hover-background - Background of the trigger under the pointer.
 * @cssprop --connect-account-trigger-hover-border - Border color of the trigger under the pointer.
 * @cssprop --connect-account-trigger-active-background - Background of the trigger while it is pressed.
 * @cssprop --connect-account-trigger-focus-ring - Outline of the focused trigger.
 * @cssprop --connect-account-trigger-disabled-opacity - Opacity of the trigger while it is disabled.
 * @cssprop --connect-account-trigger-icon-size - Size of the trigger's icon, spinner and warning sign.
 * @cssprop --connect-account-badge-background - Background of the sign for a connected account.
 * @cssprop --connect-account-badge-color - Color of the sign for a connected account.
 */
const styles = css`
  :host {
    display: inline-grid;
    /* For pages that make it a flex box. */
    flex-direction: column;
    grid-template-columns: minmax(0, 1fr);
    max-inline-size: 100%;
    vertical-align: top;
  }

  :host([hidden]) {
    display: none;
  }

  /* A block, because each grid within a grid is laid out twice. */
  .frame {
    position: relative;
  }

  .trigger {
    --_height: var(--connect-account-control-height, calc(36em / 14));
    --_padding: 1em;
    --_corner: var(--_radius);
    --_icon: calc(18em / 14);
    --_line-height: calc(20 / 14);
    --_rest: var(--_surface);
    --_over: var(--_hover);
    --_pressed: color-mix(in srgb, var(--_hover), var(--_text) 6%);
    --_ink: var(--_text);
    --_edge: var(--_border);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--connect-account-trigger-height, var(--_height));
    margin: 0;
    padding: 1px var(--connect-account-trigger-padding, var(--_padding));
    border: 1px solid var(--connect-account-trigger-border, var(--_edge));
    border-radius: var(--connect-account-trigger-radius, var(--_corner));
    background: var(--connect-account-trigger-background, var(--_rest));
    box-shadow: var(--connect-account-trigger-shadow, var(--_shadow));
    color: var(--connect-account-trigger-color, var(--_ink));
    font: inherit;
    font-size: var(--connect-account-trigger-font-size, 1em);
    font-weight: var(--connect-account-trigger-font-weight, var(--_font-weight));
    line-height: var(--_line-height);
    text-align: start;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
  }

  .small {
    --_height: calc(32em / 13);
    --_padding: calc(12em / 13);
    --_corner: var(--connect-account-radius, calc(7em / 13));
    --_icon: calc(16em / 13);
    --_line-height: calc(20 / 13);
    font-size: var(--connect-account-trigger-font-size, calc(13em / 14));
  }

  .large {
    --_height: calc(44em / 15);
    --_padding: 1.2em;
    --_corner: var(--connect-account-radius, calc(10em / 15));
    --_icon: calc(20em / 15);
    --_line-height: calc(20 / 15);
    font-size: var(--connect-account-trigger-font-size, calc(15em / 14));
  }

  .primary {
    --_rest: var(--_accent);
    --_over: var(--_accent-hover);
    --_pressed: var(--_accent-hover);
    --_ink: var(--_accent-text);
    --_edge: transparent;
    --_shadow: none;
  }

  .plain {
    --_rest: transparent;
    --_edge: transparent;
    --_shadow: none;
  }

  .trigger:hover {
    border-color: var(--connect-account-trigger-hover-border, var(--_edge));
    background: var(--connect-account-trigger-hover-background, var(--_over));
  }

  .plain:hover {
    --_edge: var(--_border);
  }

  .trigger:active {
    background: var(--connect-account-trigger-active-background, var(--_pressed));
  }

  .trigger:focus-visible {
    outline: var(--connect-account-trigger-focus-ring, var(--_focus-ring));
    border-radius: var(--connect-account-trigger-radius, var(--_corner));
  }

  .trigger:disabled {
    background: var(--connect-account-trigger-background, var(--_rest));
    opacity: var(--connect-account-trigger-disabled-opacity, 0.55);
    cursor: not-allowed;
  }

  /* All that the trigger can say lies in one cell, so that it keeps its size through every phase. */
  .reserve,
  .shown {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  .reserve {
    overflow: hidden;
    visibility: hidden;
  }

  .reserve::before,
  .reserve > .own {
    padding-inline-start: calc(var(--connect-account-trigger-icon-size, var(--_icon)) + var(--connect-account-trigger-gap, var(--_space)));
  }

  .reserve::before {
    content: attr(data-words);
    display: block;
    box-sizing: border-box;
    min-inline-size: calc(var(--connect-account-trigger-width, 15em) - 2 * var(--connect-account-trigger-padding, var(--_padding)) - 2px);
    block-size: 0;
    overflow: hidden;
    white-space: pre;
  }

  .shown {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--connect-account-trigger-gap, var(--_space));
  }

  /* Takes what width there is: a long name is cut rather than moving the trigger. */
  .reserved {
    inline-size: 0;
    min-inline-size: 100%;
  }

  /* Room for the button of the menu, which lies on the trigger. */
  .with-menu > .shown {
    box-sizing: border-box;
    padding-inline-end: var(--_menu, 1.6em);
  }

  .connected > .shown {
    justify-content: start;
  }

  /* As much at the start, so that the label stays in the middle of the trigger. It alone shrinks: a label cut by a hair has an ellipsis. */
  .needs-attention.with-menu > .shown::before {
    content: '';
    order: -2;
    flex: 0 9999 calc(var(--_menu, 1.6em) - var(--connect-account-trigger-gap, var(--_space)));
  }

  .icon,
  .trigger .spinner,
  .warning svg {
    flex: none;
    box-sizing: border-box;
    inline-size: var(--connect-account-trigger-icon-size, var(--_icon));
    block-size: var(--connect-account-trigger-icon-size, var(--_icon));
  }

  .icon {
    display: grid;
    grid-template: 100% / 100%;
    place-items: center;
  }

  .icon img,
  .icon svg,
  .icon ::slotted(*) {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }

  /* Logos are made for the ground of a page. */
  .primary .icon img {
    box-sizing: border-box;
    padding: 0.1em;
    border-radius: 0.25em;
    background: var(--_accent-text);
  }

  .outline .link-sign,
  .plain .link-sign {
    color: var(--_muted);
  }

  .letter {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 0.35em;
    background: var(--_hover);
    color: var(--_muted);
    font-size: 0.75em;
    font-weight: 600;
    line-height: 1;
    text-transform: uppercase;
  }

  .icon img:not([hidden]) + * {
    display: none;
  }

  .label,
  .name {
    min-inline-size: 0;
    /* Not \`hidden\`: that cuts the tails of letters off in fonts that are taller than the line. */
    overflow-x: clip;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* A box of its own, so that a long name is cut at its own end, in a page of the other direction too. */
  .name {
    display: inline-block;
    max-inline-size: 100%;
    vertical-align: top;
  }

  .login {
    color: var(--_muted);
    font-weight: 400;
  }

  .primary .login {
    color: inherit;
  }

  /*
   * The page's own label may have two lines, and a longer one is cut. The padding keeps the descenders of fonts that are
   * taller than the line.
   */
  .own {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    min-inline-size: 0;
    margin-block: -0.15em;
    padding-block: 0.15em;
    overflow: hidden;
  }

  .badge {
    display: grid;
    flex: none;
  }

  .success svg {
    inline-size: 1.1429em;
    block-size: 1.1429em;
    border-radius: 50%;
    background: var(--connect-account-badge-background, color-mix(in srgb, var(--_success), transparent 84%));
    color: var(--connect-account-badge-color, var(--_success));
  }

  /* A large trigger has room for the word below the name. The margin keeps two lines from making it higher. */
  .large.connected > .shown {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-content: center;
    margin-block: -0.5em;
    row-gap: 0;
  }

  .large.connected .icon {
    grid-row: span 2;
  }

  .large .label,
  .large .success {
    grid-column: 2;
  }

  .large .success {
    display: flex;
    align-items: center;
    gap: 0.25em;
    color: var(--connect-account-badge-color, var(--_success));
    font-size: 0.8em;
    font-weight: 400;
    line-height: calc(4 / 3);
  }

  .primary .success,
  .primary .success svg {
    background: none;
    color: inherit;
  }

  /* Stands in the place of the icon. What it says is read after the label. */
  .badge.warning {
    order: -1;
    color: var(--_warning);
  }

  .primary .badge.warning {
    color: inherit;
  }

  .skeleton {
    display: flex;
    align-items: center;
    gap: var(--_space);
    inline-size: 7em;
  }

  .skeleton::before,
  .skeleton::after {
    content: '';
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border-radius: 1em;
    background: color-mix(in srgb, currentColor, transparent 88%);
  }

  .skeleton::after {
    flex: auto;
    block-size: 0.65em;
  }

  /* The words never move the trigger. They are as wide as it is until it is known what room there is. */
  .details {
    display: flex;
    inline-size: 0;
    min-inline-size: 100%;
  }

  .words {
    flex: none;
    inline-size: max-content;
    max-inline-size: var(--_room, 100%);
    overflow-wrap: break-word;
  }

  .details[data-end] {
    justify-content: flex-end;
    text-align: end;
  }

  .said {
    padding-block-start: 6px;
    font-size: var(--_small-text);
    line-height: calc(18 / 13);
  }

  .status,
  .notice,
  .error {
    display: inline;
    color: var(--_muted);
  }

  .notice {
    color: var(--_warning);
  }

  .error {
    color: var(--_danger);
  }

  @media (prefers-reduced-motion: no-preference) {
    .trigger {
      transition: background-color var(--_duration) var(--_easing), border-color var(--_duration) var(--_easing);
    }
  }

  @media (pointer: coarse) {
    .trigger {
      --_menu: 2.4em;
      min-block-size: max(44px, var(--connect-account-trigger-height, var(--_height)));
    }
  }

  @media (forced-colors: active) {
    .trigger,
    .trigger:hover {
      border-color: ButtonBorder;
    }

    .trigger:disabled {
      border-color: GrayText;
      opacity: 1;
    }

    .skeleton::before,
    .skeleton::after {
      background: GrayText;
    }

    .success svg {
      color: inherit;
    }
  }
`;

export const connectAccountStyles = [tokens, controls, menuButtonStyles, styles];
