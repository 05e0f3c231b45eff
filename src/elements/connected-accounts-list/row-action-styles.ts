import { css } from 'lit';

/** The buttons of a row. */
export const rowActionStyles = css`
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 3px;
  }

  .row-action {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    box-sizing: border-box;
    min-inline-size: 28px;
    min-block-size: 28px;
    padding: 4px;
    border: 1px solid transparent;
    border-radius: max(0px, calc(var(--_radius) - 2px));
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 0.93em;
    font-weight: 500;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  .row-action:hover,
  .row-action[aria-expanded='true'] {
    background: color-mix(in srgb, var(--_text), transparent 92%);
    color: var(--_text);
  }

  .row-action[data-action='disconnect']:hover,
  .row-action[data-action='disconnect'][aria-expanded='true'] {
    background: color-mix(in srgb, var(--_danger), transparent 90%);
    color: var(--_danger);
  }

  /* What a row that does not work is waiting for; it comes first. */
  .row-action:is([data-action='enable'], .not-working [data-action='reconnect']) {
    padding-inline: 8px 10px;
    border-color: var(--_border);
    background: var(--_surface);
    color: var(--_text);
  }

  .row-action:is([data-action='enable'], .not-working [data-action='reconnect']):hover {
    border-color: color-mix(in srgb, var(--_border), var(--_text) 30%);
    background: color-mix(in srgb, var(--_surface), var(--_text) 4%);
  }

  .row-action:not([data-action='enable'], .not-working [data-action='reconnect']) .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .row-action[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .row-action[aria-busy] .icon {
    animation: turn 0.8s linear infinite;
  }

  @media (prefers-reduced-motion: reduce) {
    .row-action[aria-busy] .icon {
      animation: none;
    }
  }

  /* Where nothing can be hovered, no tooltip tells what a picture means. */
  @media (pointer: coarse) {
    .actions {
      grid-column: 2 / -1;
      justify-content: start;
    }

    .row-action {
      min-block-size: 36px;
    }

    .row-action:not([data-action='enable'], .not-working [data-action='reconnect']) {
      padding-inline: 8px;
    }

    .row-action:not([data-action='enable'], .not-working [data-action='reconnect']) .label {
      position: static;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
    }
  }

  @container (max-width: 36em) {
    .actions {
      justify-content: start;
      margin-inline-start: -7px;
    }

    .not-working .actions {
      margin-inline-start: 0;
    }
  }

  /* A background alone says nothing there. */
  @media (forced-colors: active) {
    .row-action {
      border-color: ButtonBorder;
    }

    .row-action:hover,
    .row-action[aria-expanded='true'] {
      border-color: Highlight;
    }

    .row-action[aria-expanded='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .row-action[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
      opacity: 1;
    }
  }
`;
