import { html, type TemplateResult } from 'lit';
import { parseUrl } from '../../core/model/urls.js';

/**
 * Renders the logo of an app as a square, or `standIn` if the logo is missing, unsafe, or does not load.
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

/** Renders the first letter of the app's name. */
export function renderLetter(app: string): TemplateResult {
  return html`<span class="letter">${[...app][0]}</span>`;
}

function showImage({ target }: Event): void {
  (target as HTMLElement).hidden = false;
}

/** The style sheets show the stand-in beside a hidden picture. */
function showStandIn({ target }: Event): void {
  (target as HTMLElement).hidden = true;
}

/** Returns the URL of a logo that may be shown, over https or from the page's own origin, or null. */
function safeLogo(logo: string | undefined): string | null {
  const url = logo ? parseUrl(logo, document.baseURI) : null;
  if (!url) return null;
  return url.protocol === 'https:' || url.origin === location.origin ? url.href : null;
}
