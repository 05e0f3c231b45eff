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
