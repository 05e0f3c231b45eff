/** The address of a logo that may be shown: https, or this page's own origin; else null and a letter stands in its place. */
export function safeLogo(logo: string | undefined): string | null {
  if (!logo || !URL.canParse(logo, document.baseURI)) return null;
  const url = new URL(logo, document.baseURI);
  return url.protocol === 'https:' || url.origin === location.origin ? url.href : null;
}
