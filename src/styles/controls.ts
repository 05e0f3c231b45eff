import { css } from 'lit';

/** What every small action of this package looks like. */
export const controls = css`
  .action {
    display: inline-flex;
    align-items: center;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 500;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }

  .action:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .action.quiet {
    color: var(--_muted);
  }

  :focus-visible {
    outline: var(--_focus-ring);
    outline-offset: 2px;
    border-radius: 4px;
  }

  [hidden] {
    display: none !important;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }
`;
