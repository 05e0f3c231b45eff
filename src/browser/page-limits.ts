/** What a window opened by a sandboxed frame needs: to be opened at all, and not to be sandboxed itself. */
const NEEDED = ['allow-popups', 'allow-popups-to-escape-sandbox'];

/**
 * Apps that show pages in a view of their own. Providers refuse to sign people in there, Google by `disallowed_useragent`
 * (https://developers.google.com/identity/protocols/oauth2/policies#browsers).
 */
const WEB_VIEW = /; wv\)|FBAN|FBAV|Instagram|Line\/|LinkedInApp|MicroMessenger|Snapchat|TikTok/;
const WEB_VIEW_OF_IOS = /\((?:iPhone|iPad|iPod)(?!.*Safari\/)/;

/** Whether the frame around this page keeps the windows that it opens sandboxed. False where that cannot be known. */
export function isSandboxed(): boolean {
  if (self.origin === 'null') return true;
  const sandbox = frameElementOf(window)?.getAttribute('sandbox');
  if (sandbox === null || sandbox === undefined) return false;
  const tokens = sandbox.toLowerCase().split(/\s+/);
  return NEEDED.some((token) => !tokens.includes(token));
}

/** Whether a window that was refused will always be: a frame that is refused one within a gesture is sandboxed. */
export function refusesWindows(inGesture: boolean): boolean {
  return isSandboxed() || (inGesture && window !== window.top);
}

/** Whether this page is shown within an app that is no browser. */
export function isWebView(userAgent: string = navigator.userAgent): boolean {
  return WEB_VIEW.test(userAgent) || WEB_VIEW_OF_IOS.test(userAgent);
}

/** Null for a page without a frame, or with one of another site. */
function frameElementOf(page: Window): Element | null {
  try {
    return page.frameElement;
  } catch {
    return null;
  }
}
