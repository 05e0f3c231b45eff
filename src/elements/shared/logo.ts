import { html, type TemplateResult } from 'lit';

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

/** The address of a logo that may be shown: https, or this page's own origin; else null and a letter stands in its place. */
export function safeLogo(logo: string | undefined): string | null {
  if (!logo || !URL.canParse(logo, document.baseURI)) return null;
  const url = new URL(logo, document.baseURI);
  return url.protocol === 'https:' || url.origin === location.origin ? url.href : null;
}
