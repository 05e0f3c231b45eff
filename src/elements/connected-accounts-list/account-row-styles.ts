import { css } from 'lit';

/** One row: columns if there is room, otherwise a stack. */
export const accountRowStyles = css`
  .row {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr) 19em 15.25em;
    align-items: center;
    gap: 4px calc(var(--_space) * 1.75);
    box-sizing: border-box;
    min-block-size: 66px;
    padding: 11px calc(var(--_space) * 2);
  }

  /*
   * Rows out of sight cost nothing (https://web.dev/articles/content-visibility). Not the first ones: what a row measures
   * is remembered over a change of width, and a short list is drawn at once without it.
   */
  .row:nth-child(n + 51) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 44px;
  }

  /* A page may set the display of the part. */
  .row[hidden] {
    display: none !important;
  }

  .row + .row:not([data-first]) {
    border-block-start: 1px solid color-mix(in srgb, var(--_border), transparent 35%);
  }

  .readonly .row {
    grid-template-columns: 32px minmax(0, 1fr) 19em;
  }

  .row:focus-visible {
    outline-offset: -3px;
  }

  .logo {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
  }

  .logo img {
    inline-size: 28px;
    block-size: 28px;
    object-fit: contain;
  }

  .logo .letter {
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 7px;
    background: color-mix(in srgb, var(--_muted), transparent 82%);
    color: var(--_muted);
    font-size: 13px;
    font-weight: 600;
    text-transform: uppercase;
  }

  .logo img:not([hidden]) + .letter {
    display: none;
  }

  .name,
  .identity {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .name {
    font-size: 1em;
    font-weight: 600;
  }

  /* A login of 300 characters must not push everything else away. Two lines are enough to tell it. */
  .identity {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.93em;
  }

  .state {
    display: grid;
    grid-template-columns: minmax(10.75em, max-content) minmax(0, 1fr);
    align-items: center;
    gap: 2px var(--_space);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    gap: 5px;
    padding-block: 2px;
    padding-inline: 6px 9px;
    border: 1px solid transparent;
    border-radius: 999px;
    background: color-mix(in srgb, currentColor 10%, transparent);
    font-size: 0.86em;
    font-weight: 500;
    white-space: nowrap;
  }

  .badge .icon {
    inline-size: 14px;
    block-size: 14px;
  }

  .badge.success {
    color: var(--_success);
  }

  .badge.warning {
    color: var(--_warning);
  }

  .badge.danger,
  .problem > span {
    color: var(--_danger);
  }

  .badge.quiet,
  .time {
    color: var(--_muted);
  }

  .time {
    font-size: 0.93em;
  }

  .detail {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px calc(var(--_space) * 1.5);
    grid-column: 2 / -1;
    color: var(--_muted);
    font-size: 0.93em;
  }

  /* Less room: the status is below the identity, so that neither is cut off. */
  @container (max-width: 58em) {
    .row,
    .readonly .row {
      grid-template-columns: 32px minmax(0, 1fr) auto;
      min-block-size: 91px;
    }

    .row:nth-child(n + 51) {
      contain-intrinsic-block-size: auto 69px;
    }

    .logo,
    .actions {
      grid-row: 1 / span 2;
    }

    .who {
      grid-area: 1 / 2;
    }

    .state {
      display: flex;
      flex-wrap: wrap;
      grid-area: 2 / 2;
    }

    .actions {
      grid-column: 3;
    }
  }

  @container (max-width: 36em) {
    .row,
    .readonly .row {
      grid-template-columns: 32px minmax(0, 1fr);
      row-gap: 8px;
    }

    .row:nth-child(n + 51) {
      contain-intrinsic-block-size: auto 105px;
    }

    .logo {
      grid-row: 1;
    }

    .actions {
      grid-area: 3 / 2;
    }
  }

  @media (forced-colors: active) {
    .badge,
    .logo .letter {
      border: 1px solid CanvasText;
    }
  }

  /* The buttons of a row. */
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

  /* The action that makes a row work again; it comes first. */
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

  /* Without hover there are no tooltips, so the icons need visible labels. */
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

  /* Forced colors replace backgrounds, so the state needs a border. */
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
