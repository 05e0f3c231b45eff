import { css } from 'lit';

/**
 * The frame of the list: search box, rows, placeholders, notes and the button for more.
 *
 * @cssprop --connect-account-list-background - Background of the list.
 * @cssprop --connect-account-list-border - Border color of the list.
 * @cssprop --connect-account-list-radius - Corner radius of the list.
 * @cssprop --connect-account-list-skeleton-background - Color of the placeholder bars while the accounts are loading.
 */
export const connectedAccountsListStyles = css`
  /* A size container has no intrinsic width, so name one for parents that size by content. */
  :host {
    display: block;
    box-sizing: border-box;
    min-inline-size: 0;
    container-type: inline-size;
    contain-intrinsic-inline-size: 50em;
  }

  :host([hidden]) {
    display: none;
  }

  .search {
    display: grid;
    margin-block-end: calc(var(--_space) * 1.5);
  }

  .search > * {
    grid-area: 1 / 1;
  }

  .search .icon {
    z-index: 1;
    align-self: center;
    margin-inline-start: 0.7143em;
    color: var(--_muted);
    pointer-events: none;
  }

  .search .text-field {
    padding-inline-start: 2.4286em;
  }

  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .frame {
    border: 1px solid var(--connect-account-list-border, var(--_line));
    border-radius: var(--connect-account-list-radius, calc(var(--_radius) * 1.5));
    background: var(--connect-account-list-background, var(--_surface));
  }

  .list {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .note {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: calc(var(--_space) * 5) calc(var(--_space) * 2);
    color: var(--_muted);
    text-align: center;
    overflow-wrap: anywhere;
  }

  .note p {
    margin: 0;
    max-inline-size: 41em;
  }

  .note .what {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    color: var(--_text);
    font-weight: 500;
  }

  .compact,
  .foot {
    border-block-start: 1px solid var(--connect-account-row-line, var(--_line));
  }

  .notice {
    border-block-start: 0;
    border-block-end: 1px solid var(--connect-account-row-line, var(--_line));
  }

  .note.compact {
    padding-block: calc(var(--_space) * 1.5);
  }

  .foot {
    display: grid;
  }

  .more {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space);
    min-block-size: 3.1429em;
    padding: var(--_space) calc(var(--_space) * 2);
    border: 0;
    border-radius: 0 0 var(--connect-account-list-radius, calc(var(--_radius) * 1.5)) var(--connect-account-list-radius, calc(var(--_radius) * 1.5));
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  .more:hover {
    background: var(--_hover);
  }

  .more[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
  }

  .more:focus-visible {
    outline-offset: -3px;
  }

  /* As high as the letters that it stands for, in a line of the same height. */
  .bone {
    display: inline-block;
    block-size: 0.75em;
    border-radius: 4px;
    background: var(--connect-account-list-skeleton-background, color-mix(in srgb, var(--_muted), transparent 84%));
    line-height: 0.75;
    vertical-align: middle;
  }

  /* The badge has no line of text around it. */
  .badge .bone {
    margin-block: 0.3174em;
  }

  @media (forced-colors: active) {
    .bone {
      background: GrayText;
    }

    .search .icon {
      color: FieldText;
    }

    .more[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;
