/** Returns a parsed URL, or null for a text that is none. `URL.parse` and `URL.canParse` are too new for some browsers. */
export function parseUrl(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Returns `url` as an absolute URL. Text that is not a URL is kept, so that an error message can quote it. */
export function absoluteUrl(url: string, base: string): string {
  return parseUrl(url, base)?.href ?? url;
}

/** The base URL of the backend if a page names none. */
const DEFAULT_ENDPOINT = '/api/connect';

/** Returns the base URL of a backend without trailing slashes, so that `/api` and `/api/` name the same backend. */
export function normalizeEndpoint(endpoint: string | null | undefined, resolve = (url: string) => url): string {
  return resolve(endpoint || DEFAULT_ENDPOINT).replace(/\/+$/, '');
}
