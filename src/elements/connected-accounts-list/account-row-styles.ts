import { css } from 'lit';
import { rowActionStyles } from './row-action-styles.js';

/** One row: columns where there is room, a stack where there is not. */
const rowStyles = css`
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

  .row + .row {
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

  /* A name of 300 characters must not push everything else away; two lines tell which login it is. */
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

  /* Less room: how it is stands below whose it is, so that neither is cut short. */
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
`;

/** A row and its buttons. */
export const accountRowStyles = [rowStyles, rowActionStyles];
