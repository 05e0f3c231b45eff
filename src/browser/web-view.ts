/**
 * Matches apps that show pages in a web view. Providers refuse to sign people in there; Google's error is
 * `disallowed_useragent` (https://developers.google.com/identity/protocols/oauth2/policies#browsers).
 */
const WEB_VIEW = /; wv\)|FBAN|FBAV|Instagram|Line\/|LinkedInApp|MicroMessenger|Snapchat|TikTok/;
const IOS_WEB_VIEW = /\((?:iPhone|iPad|iPod)(?!.*Safari\/)/;

/** Returns whether this page is shown in a web view of an app instead of a browser. */
export function isWebView(userAgent: string = navigator.userAgent): boolean {
  return WEB_VIEW.test(userAgent) || IOS_WEB_VIEW.test(userAgent);
}
