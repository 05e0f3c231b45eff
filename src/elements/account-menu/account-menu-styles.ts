import { css } from 'lit';

/**
 * Styles of the menu, of the questions and of a failure.
 *
 * @cssprop --connect-account-menu-width - Minimum width of the menu.
 * @cssprop --connect-account-menu-padding - Padding around the menu's items.
 * @cssprop --connect-account-menu-item-height - Height of a menu item.
 * @cssprop --connect-account-menu-item-radius - Corner radius of a menu item.
 * @cssprop --connect-account-menu-item-hover-background - Background of a menu item that is focused or under the pointer.
 * @cssprop --connect-account-menu-icon-color - Color of a menu item's icon.
 * @cssprop --connect-account-menu-danger-color - Color of the menu item that disconnects.
 * @cssprop --connect-account-menu-line - Color of the line above the menu item that disconnects.
 * @cssprop --connect-account-dialog-width - Width of a question.
 */
export const accountMenuStyles = css`
  .menu-panel:not(.question) {
    inline-size: max-content;
    min-inline-size: var(--connect-account-menu-width, 14.2858em);
    max-inline-size: min(23em, 100vw - 16px);
    padding: var(--connect-account-menu-padding, 0.4286em);
  }

  .menu-item {
    display: flex;
    align-items: center;
    gap: 0.7143em;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: var(--connect-account-menu-item-height, 2.4286em);
    padding: 0.3572em 0.7143em;
    border: 0;
    border-radius: var(--connect-account-menu-item-radius, calc(var(--_radius) * 0.75));
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }

  .menu-item svg.icon {
    inline-size: 1.2858em;
    block-size: 1.2858em;
    color: var(--connect-account-menu-icon-color, var(--_muted));
  }

  .menu-item:hover,
  .menu-item:focus {
    background: var(--connect-account-menu-item-hover-background, var(--_hover));
  }

  .menu-item:focus-visible {
    border-radius: var(--connect-account-menu-item-radius, calc(var(--_radius) * 0.75));
    outline-offset: -2px;
  }

  .menu-item[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }

  .menu-item.danger,
  .menu-item.danger svg.icon {
    color: var(--connect-account-menu-danger-color, var(--_danger));
  }

  .menu-line {
    margin: 0.3572em;
    border-block-start: 1px solid var(--connect-account-menu-line, var(--_line));
  }

  .question {
    inline-size: var(--connect-account-dialog-width, 18.8572em);
    max-inline-size: calc(100vw - 16px);
  }

  .question .panel-text {
    padding-block-start: 0.2em;
  }

  /* A login of any length must not push the answers out of the page. */
  .question :is(.panel-title, .panel-text) {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 8;
    overflow: hidden;
  }

  .question label {
    display: block;
    padding-block: 0.8572em 0.4286em;
    font-weight: 500;
  }

  .question .problem-line {
    padding-block-start: 0.4286em;
  }

  .failure-actions {
    display: inline-flex;
    gap: calc(var(--_space) * 2);
  }

  @media (pointer: coarse) {
    .menu-item {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .menu-item:focus {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }

    .menu-item[aria-disabled='true'] {
      color: GrayText;
    }

    /* A picture keeps a color of its own here, which the theme may not show. */
    .menu-item svg.icon,
    .menu-item.danger svg.icon {
      color: inherit;
    }
  }
`;
