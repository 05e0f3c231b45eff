import { html, type TemplateResult } from 'lit';
import { safeLogo } from './safe-logo.js';

/**
 * The logo of an app, square, or what stands for it where there is none, where it is not safe, or where it does not load.
 * @param size in CSS pixels
 */
export function renderLogo(logo: string | undefined, size: number, standIn: TemplateResult): TemplateResult {
  const src = safeLogo(logo);
  if (!src) return standIn;
  return html`<img
      src=${src}
      alt=""
      width=${size}
      height=${size}
      decoding="async"
      referrerpolicy="no-referrer"
      @load=${showImage}
      @error=${showStandIn}
    />${standIn}`;
}

/** The first letter of the app's name. */
export function renderLetter(app: string): TemplateResult {
  return html`<span class="letter">${[...app][0]}</span>`;
}

function showImage({ target }: Event): void {
  (target as HTMLElement).hidden = false;
}

/** The style sheets show what stands in beside a hidden picture. */
function showStandIn({ target }: Event): void {
  (target as HTMLElement).hidden = true;
}
