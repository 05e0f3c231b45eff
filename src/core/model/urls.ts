const MAX_URL_LENGTH = 8192;

/** Returns whether a host name, as `URL.hostname` writes it, is this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopbackHostname(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Returns whether an origin is on this machine. False for `null`, the origin of a sandboxed frame. */
export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHostname(new URL(origin).hostname);
}

/**
 * Returns the URL of a connect page in its normal form, or null when a window must not be sent there.
 * A window that was opened empty runs `javascript:` with the rights of its opener, so both server and element check.
 *
 * @param url the value that Composio or the backend returned
 * @param pageOrigin origin of the page that will open it. Only a page on this machine may open plain http, on this machine.
 * @see https://html.spec.whatwg.org/multipage/browsing-the-web.html#the-javascript:-url-special-case
 */
export function checkRedirectUrl(url: unknown, pageOrigin: string): string | null {
  if (typeof url !== 'string' || url.length > MAX_URL_LENGTH) return null;
  // The URL parser drops tabs and line breaks and repairs `https:host`. A URL that needs repair is not trusted.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(url) || !/^https?:\/\/[^/\\]/i.test(url) || !URL.canParse(url)) return null;
  const { protocol, hostname, username, password, href } = new URL(url);
  if (username !== '' || password !== '' || href.length > MAX_URL_LENGTH) return null;
  if (protocol === 'http:' && !(isLoopbackHostname(hostname) && isLoopbackOrigin(pageOrigin))) return null;
  return href;
}

/** Returns `url` as an absolute URL. Text that is not a URL is kept, so that an error message can quote it. */
export function absoluteUrl(url: string, base: string): string {
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** The base URL of the backend if a page names none. */
export const DEFAULT_ENDPOINT = '/api/connect';

/** Returns the base URL of a backend without trailing slashes, so that `/api` and `/api/` name the same backend. */
export function normalizeEndpoint(endpoint: string | null | undefined, base?: string): string {
  const named = endpoint || DEFAULT_ENDPOINT;
  return (base === undefined ? named : absoluteUrl(named, base)).replace(/\/+$/, '');
}
