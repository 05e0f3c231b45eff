import { css } from 'lit';

/** The frame of the list: search box, rows, placeholders, notes and the button for more. */
export const connectedAccountsListStyles = css`
  /* A size container has no intrinsic width, so name one for parents that size by content. */
  :host {
    display: block;
    box-sizing: border-box;
    min-inline-size: 0;
    container-type: inline-size;
    contain-intrinsic-inline-size: 50em;
    color: var(--_text);
    font-family: var(--_font);
    font-size: var(--_font-size);
    line-height: 1.4;
  }

  :host([hidden]) {
    display: none;
  }

  .icon {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
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
    margin-inline-start: 10px;
    color: var(--_muted);
    pointer-events: none;
  }

  .search input {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px 6px;
    padding-inline-start: 34px;
    border: 1px solid color-mix(in srgb, var(--_border), var(--_text) 30%);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }

  .search input:focus-visible {
    outline-offset: 0;
    border-radius: var(--_radius);
  }

  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .frame {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
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
    color: var(--_text);
    font-weight: 500;
  }

  .row + .note,
  .foot {
    border-block-start: 1px solid var(--_border);
  }

  .notice {
    border-block-end: 1px solid var(--_border);
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
    gap: 8px;
    min-block-size: 44px;
    padding: 8px 16px;
    border: 0;
    border-radius: 0 0 calc(var(--_radius) - 1px) calc(var(--_radius) - 1px);
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  .more:hover {
    background: color-mix(in srgb, var(--_surface), var(--_text) 4%);
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
    background: color-mix(in srgb, var(--_muted), transparent 84%);
    line-height: 0.75;
    vertical-align: middle;
  }

  /* The badge itself is the bone, as high as its text. */
  .badge .bone {
    block-size: auto;
    background: none;
    line-height: inherit;
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
