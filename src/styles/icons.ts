import { css } from 'lit';

/**
 * Icons of lines, and the names that buttons with an icon alone show while the pointer or the focus is on them. The name is
 * the text of the button, so what a voice control hears is what is seen. Where nothing can hover, names are always there.
 *
 * @cssprop --connect-account-tooltip-background - Background of an icon button's tooltip.
 * @cssprop --connect-account-tooltip-color - Text color of an icon button's tooltip.
 * @cssprop --connect-account-tooltip-radius - Corner radius of an icon button's tooltip.
 */
export const icons = css`
  svg.icon {
    flex: none;
    inline-size: 1.1429em;
    block-size: 1.1429em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon-button {
    position: relative;
  }

  .icon-button .label {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  /* A machine without any pointer has a keyboard, whose focus shows the names. */
  @media not all and (hover: none) and (pointer: coarse) {
    .icon-button:is(:hover, :focus-visible):not([aria-expanded='true']) .label {
      inset-block-end: calc(100% + 0.3em);
      left: 50%;
      z-index: 2;
      inline-size: max-content;
      max-inline-size: 20em;
      block-size: auto;
      padding: 0.25em 0.65em;
      border: 1px solid transparent;
      border-radius: var(--connect-account-tooltip-radius, calc(var(--_radius) * 0.75));
      background: var(--connect-account-tooltip-background, var(--_text));
      color: var(--connect-account-tooltip-color, var(--_surface));
      font-size: 0.8572em;
      font-weight: 400;
      line-height: 1.4;
      clip-path: none;
      pointer-events: none;
      translate: -50%;
      animation: name-appears var(--_duration) var(--_easing);
    }

    .icon-button:last-child:is(:hover, :focus-visible):not([aria-expanded='true']) .label {
      inset-inline: auto 0;
      translate: none;
    }

    /* Escape takes the names away (WCAG 1.4.13), until the pointer or the focus moves on. */
    [data-names='off'] .icon-button:is(:hover, :focus-visible) .label {
      opacity: 0;
    }
  }

  @keyframes name-appears {
    from {
      opacity: 0;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .icon-button .label {
      animation: none !important;
    }
  }
`;
