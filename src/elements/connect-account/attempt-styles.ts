import { css } from 'lit';

/** Styles of what stands below the trigger during an attempt, and of the page address. */
export const attemptStyles = css`
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

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 2px calc(var(--_space) * 2);
    padding-block-start: 4px;
  }
`;
