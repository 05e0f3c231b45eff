import { css } from 'lit';
import { controls } from '../../styles/controls.js';
import { tokens } from '../../styles/tokens.js';
import { menuButtonStyles } from '../account-menu/menu-button.js';

const styles = css`
  :host {
    display: inline-grid;
    min-inline-size: min(16em, 100%);
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

  /* Within the outline of the trigger, which keeps room for it in every phase. */
  .frame > .menu-button {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 8px;
    margin-block: auto;
  }

  .trigger {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.25);
    box-sizing: border-box;
    inline-size: 100%;
    /* Two lines have room in every phase, a name and its status for one; all else is 8px. */
    min-block-size: 44px;
    min-block-size: max(44px, calc(2lh + 8px));
    padding-block: 3px;
    padding-inline: calc(var(--_space) * 1.5) 40px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    color: inherit;
    font: inherit;
    font-weight: 500;
    text-align: start;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
    touch-action: manipulation;
    transition: background-color 120ms, border-color 120ms;
  }

  .trigger:hover {
    border-color: color-mix(in srgb, var(--_border), var(--_text) 30%);
    background: color-mix(in srgb, var(--_surface), var(--_text) 4%);
  }

  .trigger:active {
    background: color-mix(in srgb, var(--_surface), var(--_text) 8%);
  }

  .trigger:focus-visible {
    border-radius: var(--_radius);
  }

  .trigger[aria-disabled='true'] {
    background: var(--_surface);
    border-color: var(--_border);
    cursor: default;
  }

  .trigger:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }

  .icon {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
  }

  .icon img,
  .icon svg {
    inline-size: 20px;
    block-size: 20px;
    object-fit: contain;
  }

  .icon .link-sign {
    color: var(--_muted);
  }

  .letter {
    display: grid;
    place-items: center;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--_muted), transparent 82%);
    color: var(--_muted);
    font-size: 11px;
    font-weight: 600;
    text-transform: uppercase;
  }

  .icon img:not([hidden]) + * {
    display: none;
  }

  /* Every label the trigger can show lies in the same cell, so that it keeps its size through every phase. */
  .labels {
    display: grid;
    flex: 1;
    align-items: center;
    min-inline-size: 0;
  }

  .labels > * {
    grid-area: 1 / 1;
    min-inline-size: 0;
  }

  /*
   * The trigger has room for two lines, so a longer name is cut. The padding keeps the descenders of fonts that are
   * taller than the line.
   */
  .own {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    margin-block: -0.15em;
    padding-block: 0.15em;
    overflow: hidden;
  }

  .labels > .unseen {
    visibility: hidden;
  }

  .identity,
  .badge-text {
    min-inline-size: 0;
    /* Not \`hidden\`: that cuts the tails of letters off in fonts that are taller than the line. */
    overflow-x: clip;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  /* Takes what width there is: a long name is cut short rather than moving the trigger. */
  .current {
    display: grid;
    inline-size: 0;
    min-inline-size: 100%;
  }

  .badge {
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: 0.8em;
    font-weight: 500;
  }

  .badge svg {
    flex: none;
    inline-size: 12px;
    block-size: 12px;
  }

  .success {
    color: var(--_success);
  }

  .warning {
    color: var(--_warning);
  }

  .skeleton {
    inline-size: 60%;
    block-size: 0.6em;
    border-radius: 4px;
    background: color-mix(in srgb, var(--_muted), transparent 78%);
  }

  /* What is said below the trigger takes its width from the trigger and never moves it. */
  .details {
    inline-size: 0;
    min-inline-size: 100%;
  }

  .status,
  .error,
  .actions {
    margin: 0;
    font-size: 0.93em;
    line-height: 1.4;
    overflow-wrap: break-word;
  }

  .status:not(:empty),
  .error:not([data-empty]) {
    padding-block-start: var(--_space);
  }

  .status {
    color: var(--_muted);
  }

  .error {
    color: var(--_danger);
  }

  @media (prefers-reduced-motion: reduce) {
    .trigger {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .trigger {
      border-color: ButtonBorder;
    }

    .trigger:disabled {
      border-color: GrayText;
      opacity: 1;
    }

    .skeleton {
      background: GrayText;
    }
  }
`;

export const connectAccountStyles = [tokens, controls, menuButtonStyles, styles];
