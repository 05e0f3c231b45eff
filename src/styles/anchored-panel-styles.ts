import { css } from 'lit';

/**
 * Styles of a panel in the top layer. Where the browser has CSS anchor positioning, `AnchoredPanelController` marks the panel
 * with the edges that are aligned, and the browser places it, under any `zoom` and transform of the page.
 *
 * No `anchor-size()` and no bound for the height here: with both and an animation, WebKitGTK 2.50 hangs. A panel for which
 * no side has room is placed by script.
 */
export const anchoredPanelStyles = css`
  [popover] {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    margin: 0;
    overflow: auto;
    overscroll-behavior: contain;
  }

  [popover][data-beside] {
    margin-block: 6px;
    position-area: self-block-end span-self-inline-end;
    position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
    position-visibility: always;
  }

  [popover][data-beside='bottom-end'] {
    position-area: self-block-end span-self-inline-start;
  }
`;
