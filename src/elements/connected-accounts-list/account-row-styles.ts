import { css } from 'lit';

/**
 * One row: a line if there is room, otherwise two. What stands at the end goes below as a whole where long words leave too
 * little room for the name.
 *
 * @cssprop --connect-account-row-height - Minimum height of a row.
 * @cssprop --connect-account-row-padding - Padding at the start and end of a row.
 * @cssprop --connect-account-row-gap - Space between the logo and the name in a row.
 * @cssprop --connect-account-row-background - Background of a row.
 * @cssprop --connect-account-row-hover-background - Background of a row under the pointer.
 * @cssprop --connect-account-row-line - Color of the line between two rows.
 * @cssprop --connect-account-row-logo-size - Width and height of a row's logo.
 * @cssprop --connect-account-row-logo-background - Background of a row's logo.
 * @cssprop --connect-account-row-logo-image-background - Background of a row's logo that is an image.
 * @cssprop --connect-account-row-logo-border - Border color of a row's logo.
 * @cssprop --connect-account-row-logo-radius - Corner radius of a row's logo.
 * @cssprop --connect-account-row-name-weight - Weight of the app's name in a row.
 * @cssprop --connect-account-badge-size - Font size of a status.
 * @cssprop --connect-account-badge-weight - Font weight of a status.
 * @cssprop --connect-account-badge-background - Background of a status.
 * @cssprop --connect-account-badge-radius - Corner radius of a status that has a background.
 * @cssprop --connect-account-badge-success-color - Color of a status when all is well.
 * @cssprop --connect-account-badge-warning-color - Color of a status that needs attention.
 * @cssprop --connect-account-badge-danger-color - Color of a status without access.
 * @cssprop --connect-account-badge-quiet-color - Color of any other status.
 * @cssprop --connect-account-action-size - Width and height of an icon button in a row.
 * @cssprop --connect-account-action-radius - Corner radius of an icon button in a row.
 * @cssprop --connect-account-action-color - Color of an icon button in a row.
 * @cssprop --connect-account-action-hover-background - Background of an icon button in a row, under the pointer or while its panel is open.
 * @cssprop --connect-account-action-hover-color - Color of an icon button in a row, under the pointer or while its panel is open.
 * @cssprop --connect-account-action-danger-hover-color - Color of the Disconnect icon button, under the pointer or while its panel is open.
 */
export const accountRowStyles = css`
  .row {
    --_logo: var(--connect-account-row-logo-size, 2.2858em);
    --_gap: var(--connect-account-row-gap, calc(var(--_space) * 1.5));
    --_padding: var(--connect-account-row-padding, calc(var(--_space) * 2));
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 0.75) var(--_gap);
    box-sizing: border-box;
    min-block-size: var(--connect-account-row-height, 4.2858em);
    padding-block: calc(var(--_space) * 1.25);
    padding-inline: var(--_padding);
    background: var(--connect-account-row-background, none);
  }

  .row:hover {
    background: var(--connect-account-row-hover-background, var(--connect-account-row-background, none));
  }

  /*
   * Rows out of sight cost nothing (https://web.dev/articles/content-visibility). Not the first ones: what a row measures
   * is remembered over a change of width, and a short list is drawn at once without it. Nor the one in use, because the name
   * of an action stands above it.
   */
  .row:nth-child(n + 51):not(:hover, :focus-within) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 2.7143em;
  }

  /* A page may set the display of the part. */
  .row[hidden] {
    display: none !important;
  }

  .row + .row:not([data-first]) {
    border-block-start: 1px solid var(--connect-account-row-line, var(--_line));
  }

  .row:focus-visible {
    outline-offset: -3px;
  }

  .logo {
    display: grid;
    flex: none;
    place-items: center;
    box-sizing: border-box;
    inline-size: var(--_logo);
    block-size: var(--_logo);
    overflow: hidden;
    border: 1px solid var(--connect-account-row-logo-border, var(--_line));
    border-radius: var(--connect-account-row-logo-radius, var(--_radius));
    background: var(--connect-account-row-logo-background, var(--_hover));
  }

  /* Its ground is light in the dark too, for logos that are black. One that knows of color schemes must stay dark on it. */
  .logo img {
    color-scheme: light;
    forced-color-adjust: none;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    padding: 17%;
    background: var(--connect-account-row-logo-image-background, #f4f5f7);
    object-fit: contain;
  }

  .logo .letter {
    font-size: 0.9286em;
    font-weight: 600;
    text-transform: uppercase;
  }

  .logo img:not([hidden]) + .letter {
    display: none;
  }

  /* Also cuts off the point before what begins a line. */
  .who {
    flex: 1 1 8em;
    min-inline-size: 0;
    overflow-x: clip;
  }

  .name,
  .identity {
    margin: 0;
    overflow-x: clip;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .name {
    font-size: 1em;
    font-weight: var(--connect-account-row-name-weight, 600);
  }

  .line {
    display: flex;
    margin-inline-start: -1em;
    color: var(--_muted);
    font-size: var(--_small-text);
    line-height: 1.3847;
  }

  .identity {
    min-inline-size: 0;
    margin-inline-start: 1em;
  }

  .time {
    flex: none;
    white-space: nowrap;
  }

  .time::before {
    content: '\\b7';
    display: inline-block;
    inline-size: 1em;
    text-align: center;
  }

  .dated .time {
    display: none;
  }

  .tail {
    display: flex;
    flex: none;
    align-items: center;
    gap: calc(var(--_space) * 0.5) 1em;
    margin-inline-start: auto;
    max-inline-size: 100%;
  }

  .badge {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.4em;
    border-radius: var(--connect-account-badge-radius, 99em);
    background: var(--connect-account-badge-background, none);
    font-size: var(--connect-account-badge-size, var(--_small-text));
    font-weight: var(--connect-account-badge-weight, var(--_font-weight));
    line-height: 1.3847;
  }

  .badge.success {
    color: var(--connect-account-badge-success-color, var(--_success));
  }

  .badge.success .icon {
    border-radius: 50%;
    background: color-mix(in srgb, currentColor 18%, transparent);
    stroke-width: 1.75;
  }

  .badge.warning {
    color: var(--connect-account-badge-warning-color, var(--_warning));
  }

  .badge.danger {
    color: var(--connect-account-badge-danger-color, var(--_danger));
  }

  .badge.quiet {
    color: var(--connect-account-badge-quiet-color, var(--_muted));
  }

  .detail {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px calc(var(--_space) * 1.5);
    box-sizing: border-box;
    /* In em of the row, so that it begins where the name does. */
    padding-inline-start: calc(var(--_logo) + var(--_gap));
    color: var(--_muted);
  }

  .detail > * {
    /* A text of several lines leaves room for the sign before it. */
    max-inline-size: calc(100% - 2.5em);
    font-size: var(--_small-text);
  }

  .detail :is(.icon, .spinner) {
    margin-inline-end: -0.4em;
    translate: 0 0.2em;
  }

  .problem {
    color: var(--_danger);
  }

  /* The buttons of a row. */
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 2px;
  }

  .icon-button.row-action {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    box-sizing: border-box;
    min-inline-size: max(24px, var(--connect-account-action-size, 2.2858em));
    min-block-size: max(24px, var(--connect-account-action-size, 2.2858em));
    padding: 0;
    border: 1px solid transparent;
    border-radius: var(--connect-account-action-radius, var(--_radius));
    background: none;
    color: var(--connect-account-action-color, var(--_muted));
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition: background-color var(--_duration) var(--_easing);
  }

  .row-action:focus-visible {
    border-radius: var(--connect-account-action-radius, var(--_radius));
    outline-offset: 0;
  }

  .icon-button.row-action:hover,
  .icon-button.row-action[aria-expanded='true'] {
    background: var(--connect-account-action-hover-background, var(--_hover));
    color: var(--connect-account-action-hover-color, var(--_text));
  }

  .row-action[data-action='disconnect']:hover,
  .row-action[data-action='disconnect'][aria-expanded='true'] {
    color: var(--connect-account-action-danger-hover-color, var(--_danger));
  }

  .row-action[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  .row-action[aria-busy] .icon {
    animation: turn 0.8s linear infinite;
  }

  /* The ring stands in the place of the words, so that nothing moves. */
  .button.row-action {
    position: relative;
  }

  .button.row-action .icon {
    position: absolute;
  }

  .button.row-action[aria-busy] .label {
    opacity: 0;
  }

  /* Several accounts of one app stand together under one logo. */
  .row[data-same-app] .logo {
    visibility: hidden;
  }

  .row + .row[data-same-app] {
    position: relative;
    border-block-start-color: transparent;
  }

  .row + .row[data-same-app]::before {
    content: '';
    position: absolute;
    inset-block-start: 0;
    inset-inline: calc(var(--_padding) + var(--_logo) + var(--_gap)) 0;
    border-block-start: 1px solid var(--connect-account-row-line, var(--_line));
  }

  /* Rather the whole name than its age. */
  @container (36em < width <= 44em) {
    .time {
      display: none;
    }
  }

  /* The app's name is there for those who hear the row alone. */
  @container (width > 36em) {
    .row[data-same-app] .name {
      position: absolute;
      inset-block-start: 0;
      font-size: 0.7143em;
      clip-path: inset(50%);
    }
  }

  /* Less room: the state and the actions are below the name, and words are wrapped rather than cut off. */
  @container (max-width: 36em) {
    .row {
      --_padding: var(--connect-account-row-padding, calc(var(--_space) * 1.25));
      align-items: start;
    }

    .row:nth-child(n + 51):not(:hover, :focus-within) {
      contain-intrinsic-block-size: auto 5.5em;
    }

    .name,
    .identity {
      overflow-wrap: anywhere;
      white-space: normal;
    }

    /* A login of 300 characters must not push everything else away. */
    .identity {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      overflow: hidden;
    }

    .who {
      flex-basis: calc(100% - var(--_logo) - var(--_gap));
    }

    .line {
      flex-wrap: wrap;
    }

    .tail {
      flex: 1 0 100%;
      flex-wrap: wrap;
      column-gap: 0.4em;
    }

    .badge {
      flex: 1 1 6.5em;
    }

    .actions {
      gap: 0;
      margin-inline-start: auto;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .row-action[aria-busy] .icon {
      animation: none;
    }
  }

  /* Without hover there are no tooltips, so the icons need visible labels. */
  @media (hover: none) and (pointer: coarse) {
    .row .actions {
      justify-content: start;
      margin-inline-start: -0.5715em;
    }

    .not-working .actions {
      margin-inline-start: 0;
    }

    .icon-button.row-action {
      padding-inline: 0.5715em;
    }

    .icon-button.row-action .label {
      position: static;
      inline-size: auto;
      block-size: auto;
      clip-path: none;
      font-size: 0.9286em;
    }
  }

  @media (pointer: coarse) {
    .icon-button.row-action {
      min-inline-size: 44px;
      min-block-size: 44px;
    }
  }

  /* Forced colors replace backgrounds, so the state needs a border. */
  @media (forced-colors: active) {
    .badge {
      padding: 0 0.5em;
      border: 1px solid CanvasText;
    }

    .icon-button.row-action {
      border-color: ButtonBorder;
    }

    .icon-button.row-action:hover,
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

    .icon-button .label {
      border-color: CanvasText;
    }
  }
`;
