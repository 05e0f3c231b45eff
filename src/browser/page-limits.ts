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
