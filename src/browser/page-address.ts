import { absoluteUrl } from '../core/model/urls.js';
import { tolerate } from './page-limits.js';

/** Matches a URL that names its own scheme or host. */
const NAMES_HOST = /^\s*(?:[a-z][a-z\d+.-]*:|[/\\]{2})/i;

/**
 * Returns the absolute form of a URL that a page author wrote. One without a host stays on the page's own origin: a `<base>`
 * of another origin, as a CMS sets it and an attacker injects it, must not decide where tokens and keys are sent.
 */
export function onPage(url: string): string {
  // A document from a `blob:` or `data:` URL has no base that a path can be added to.
  const base = tolerate(() => new URL('.', document.baseURI).href) ?? self.origin;
  const resolved = absoluteUrl(url, base);
  if (NAMES_HOST.test(url) || self.origin === 'null') return resolved;
  const { origin, pathname, search } = tolerate(() => new URL(resolved)) ?? {};
  return origin === undefined || origin === self.origin ? resolved : `${self.origin}${pathname}${search}`;
}
