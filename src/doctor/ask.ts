/** A response that was read, or the reason why there is none. */
export type Asked =
  | { readonly response: Response; readonly text: string; readonly code: string | undefined }
  | { readonly refused: 'policy' | 'cross-origin' | 'unreachable' | 'slow' };

const TIMEOUT_MS = 15_000;
/** Only known words are repeated in a report. */
const CODE = /^[a-z_]{3,32}$/;

/** Sends a request and finds out why it failed, if it did. */
export async function ask(url: string, init: RequestInit = {}): Promise<Asked> {
  let isBlocked = false;
  const onViolation = (event: SecurityPolicyViolationEvent): void => {
    isBlocked ||= event.effectiveDirective === 'connect-src' && sameTarget(event.blockedURI, url);
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  const isForeign = new URL(url).origin !== self.origin;
  try {
    const credentials = isForeign ? 'include' : 'same-origin';
    const response = await fetch(url, { credentials, signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
    const text = await response.text();
    return { response, text, code: codeIn(text) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return { refused: 'slow' };
    // The event comes in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    if (isBlocked) return { refused: 'policy' };
    return { refused: isForeign && (await isThere(url)) ? 'cross-origin' : 'unreachable' };
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}

/** Returns whether a report of the policy is about this request. Reports may name the origin alone. */
function sameTarget(blocked: string, url: string): boolean {
  return URL.canParse(blocked) && new URL(blocked).origin === new URL(url).origin;
}

/** Returns whether a server is there that this page may not read. */
async function isThere(url: string): Promise<boolean> {
  try {
    await fetch(url, { mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
}

function codeIn(text: string): string | undefined {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' && CODE.test(error.code) ? error.code : undefined;
  } catch {
    return undefined;
  }
}
