import { absoluteUrl } from '../core/model/urls.js';

/** The sandbox tokens that a frame needs so that windows can be opened, and are not sandboxed themselves. */
const REQUIRED_TOKENS = ['allow-popups', 'allow-popups-to-escape-sandbox'];

/** Returns whether the frame around this page sandboxes the windows that it opens. False if that cannot be known. */
export function isSandboxed(): boolean {
  if (self.origin === 'null') return true;
  const sandbox = tolerate(() => window.frameElement)?.getAttribute('sandbox');
  if (sandbox === null || sandbox === undefined) return false;
  const tokens = sandbox.toLowerCase().split(/\s+/);
  return REQUIRED_TOKENS.some((token) => !tokens.includes(token));
}

/** Returns whether a refused window will always be refused. A frame that is refused one within a gesture is sandboxed. */
export function refusesWindows(inGesture: boolean): boolean {
  return isSandboxed() || (inGesture && window !== window.top && !isCredentialless());
}

/**
 * Returns whether the frame of this page is credentialless. It may open windows, but gets no handle on them.
 * @see https://developer.mozilla.org/docs/Web/API/Window/credentialless
 */
export function isCredentialless(): boolean {
  return (window as { credentialless?: boolean }).credentialless === true;
}

/** Runs an action that the browser may deny by throwing. Returns undefined then. */
export function tolerate<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Returns a stored value, or undefined if it is malformed or the storage is denied. Then even the mention of it throws. */
export function readStored(storage: () => Storage, key: string): unknown {
  return tolerate(() => JSON.parse(storage().getItem(key) ?? 'null'));
}

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
  // `fetch` refuses a URL with the name and password that a page behind Basic authentication may have in its address.
  const onOwnOrigin = ({ pathname, search }: URL) => `${self.origin}${pathname}${search}`;
  return tolerate(() => onOwnOrigin(new URL(resolved))) ?? resolved;
}
