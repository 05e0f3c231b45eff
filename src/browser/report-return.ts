/** ms for which a report that fails for a passing reason is repeated. */
const REPEATED_FOR = 30_000;
/** ms before the first repetition; doubled each time. */
const FIRST_DELAY = 500;
const LONGEST_DELAY = 8000;

/**
 * What came of reporting: `mismatch` when the backend knows neither this browser nor its user, `refused` for any other
 * refusal, `unreachable` when there was no answer for 30 s.
 */
export type ReportOutcome = 'bound' | 'mismatch' | 'refused' | 'unreachable';

/**
 * Reports to the backend what the provider flow appended, repeated while it fails for a passing reason. By `fetch`, because
 * a `SameSite=Strict` session cookie is not sent with the navigation that came from the provider.
 *
 * @param fields those that are null are left out; with none there is nothing to report
 * @param onAnswer called after each answer or failure
 */
export async function reportReturn(
  page: Window & typeof globalThis,
  endpoint: string,
  fields: Readonly<Record<string, string | null>>,
  onAnswer: () => void,
): Promise<ReportOutcome> {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const body = JSON.stringify(Object.fromEntries(known));
  const deadline = page.performance.now() + REPEATED_FOR;
  for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
    const outcome = known.length === 0 ? 'bound' : await report(page, endpoint, body, deadline);
    onAnswer();
    if (outcome !== 'passing') return outcome;
    if (page.performance.now() + delay >= deadline) return 'unreachable';
    await new Promise((resolve) => page.setTimeout(resolve, delay));
  }
}

async function report(
  page: Window & typeof globalThis,
  endpoint: string,
  body: string,
  deadline: number,
): Promise<ReportOutcome | 'passing'> {
  try {
    const response = await page.fetch(endpoint, {
      method: 'POST',
      headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
      // The session cookie, also to a backend of another origin.
      credentials: 'include',
      body,
      signal: page.AbortSignal.timeout(Math.max(0, deadline - page.performance.now())),
    });
    if (response.ok) {
      // Throws at what a network answers in place of the backend, its own sign-in page for one.
      await response.json();
      return 'bound';
    }
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) return 'passing';
    return (await codeOf(response)) === 'browser_mismatch' ? 'mismatch' : 'refused';
  } catch {
    return 'passing';
  }
}

async function codeOf(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  return (body as { error?: { code?: unknown } } | null)?.error?.code;
}
