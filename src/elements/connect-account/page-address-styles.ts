import { css } from 'lit';

/** For the address of the page, and the sentence that says why it is there. */
export const pageAddressStyles = css`
  .hint {
    margin: 0;
    padding-block-start: 4px;
    color: var(--_muted);
  }

  .address {
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 28px;
    padding: 2px 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }
`;
