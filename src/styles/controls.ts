import { css } from 'lit';

/** Styles of the small controls that both elements share. */
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

  /* iOS zooms into the page when the text of a focused field is smaller. Its pages cannot undo that. */
  @media (pointer: coarse) {
    input,
    textarea {
      font-size: max(16px, 1em) !important;
    }
  }

  :focus-visible {
    outline: var(--_focus-ring);
    outline-offset: var(--_focus-offset);
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

  .spinner {
    box-sizing: border-box;
    flex: none;
    inline-size: 1.1429em;
    block-size: 1.1429em;
    border: 0.1429em solid #8886;
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @keyframes pulse {
    50% {
      opacity: 0.3;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }

    .spinner::before {
      content: '';
      display: block;
      block-size: 100%;
      border-radius: 50%;
      background: currentColor;
      animation: pulse 2s ease-in-out infinite;
    }
  }

  @media (forced-colors: active) {
    .spinner {
      border-block-start-color: Highlight;
    }
  }
`;
