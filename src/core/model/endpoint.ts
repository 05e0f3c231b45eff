/** Returns `url` as an absolute URL. Text that is no URL stays as it is, so that the check of the settings can name it. */
export function absoluteUrl(url: string, base: string): string {
  return URL.canParse(url, base) ? new URL(url, base).href : url;
}

/** Returns the base URL of a backend without the slashes at its end, so that a path can follow. */
export function trimEndpoint(endpoint: string): string {
  return endpoint.replace(/\/+$/, '');
}
