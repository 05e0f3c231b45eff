/** Returns `url` as an absolute URL. Text that is not a URL is kept, so that an error message can quote it. */
export function absoluteUrl(url: string, base: string): string {
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** Returns the base URL of a backend without trailing slashes, so that `/api` and `/api/` name the same backend. */
export function normalizeEndpoint(endpoint: string, base?: string): string {
  return (base === undefined ? endpoint : absoluteUrl(endpoint, base)).replace(/\/+$/, '');
}
