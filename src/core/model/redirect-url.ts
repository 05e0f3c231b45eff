const MAX_URL_BYTES = 8192;

/** Whether a host name, as `URL.hostname` writes it, is this machine: `localhost`, 127.0.0.0/8 or `[::1]`. */
export function isLoopbackHostname(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether an origin is on this machine. What is no origin, like `null` of a sandboxed frame, is not. */
export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHostname(new URL(origin).hostname);
}

/**
 * The URL of a connect page in its normal form, or `null` when a window must not be sent there.
 * A window opened empty runs `javascript:` with the rights of the page that opened it, so server and element both check.
 *
 * @param url what upstream or the backend answered
 * @param pageOrigin origin of the page that will open it. Plain http is for a page on this machine, to this machine.
 * @see https://html.spec.whatwg.org/multipage/browsing-the-web.html#the-javascript:-url-special-case
 */
export function checkRedirectUrl(url: unknown, pageOrigin: string): string | null {
  if (typeof url !== 'string' || url.length > MAX_URL_BYTES) return null;
  // The parser drops tabs and line ends and mends `https:host`; what needs mending is not trusted.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(url) || !/^https?:\/\/[^/\\]/i.test(url) || !URL.canParse(url)) return null;
  const { protocol, hostname, username, password, href } = new URL(url);
  if (username !== '' || password !== '' || href.length > MAX_URL_BYTES) return null;
  if (protocol === 'http:' && !(isLoopbackHostname(hostname) && isLoopbackOrigin(pageOrigin))) return null;
  return href;
}
