/** Time during which a report is repeated after temporary failures. */
const REPORT_TIMEOUT_MS = 30_000;
/** Delay before the first repetition. It doubles each time. */
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 8000;

/** A window with the constructors of its page. */
export type Page = Window & typeof globalThis;

/**
 * The result of a report. `unreachable` means that there was no usable response within 30 s, and `refused` is any refusal but
 * the two that have words of their own.
 */
export type ReportOutcome = 'bound' | 'browser_mismatch' | 'link_expired' | 'refused' | 'unreachable';

/**
 * Reports to the backend what the provider flow appended, and repeats the report after temporary failures. It uses `fetch`,
 * because a `SameSite=Strict` session cookie is not sent with the navigation that came from the provider.
 *
 * @param fields null values are left out; if none is left, there is nothing to report
 * @param onResponse is called after each response or failure
 */
export async function reportReturn(
  page: Page,
  endpoint: string,
  fields: Readonly<Record<string, string | null>>,
  onResponse: () => void,
): Promise<ReportOutcome> {
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  const deadline = page.performance.now() + REPORT_TIMEOUT_MS;
  const report = { endpoint, body: JSON.stringify(Object.fromEntries(known)), deadline };
  for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
    const outcome = known.length === 0 ? 'bound' : await sendReport(page, report);
    onResponse();
    if (outcome !== 'temporary') return outcome;
    if (page.performance.now() + delay >= deadline) return 'unreachable';
    await pause(page, delay, report);
  }
}

interface Report {
  readonly endpoint: string;
  readonly body: string;
  readonly deadline: number;
}

async function sendReport(page: Page, report: Report): Promise<ReportOutcome | 'temporary'> {
  try {
    const signal = page.AbortSignal.timeout(Math.max(0, report.deadline - page.performance.now()));
    const response = await page.fetch(report.endpoint, { ...reportRequest(report), signal });
    if (response.ok) {
      // Throws for a page that a network sends in place of the backend, such as its own sign-in page.
      await response.json();
      return 'bound';
    }
    if (response.status >= 500 || [408, 425, 429].includes(response.status)) return 'temporary';
    const code = await readErrorCode(response);
    return code === 'browser_mismatch' || code === 'link_expired' ? code : 'refused';
  } catch {
    return 'temporary';
  }
}

function reportRequest({ body }: Report): RequestInit {
  return {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
    // Sends the session cookie to a backend of another origin too.
    credentials: 'include',
    // The report must survive the window, which its user may close at once.
    keepalive: true,
    body,
  };
}

/** Waits before the next report. A window that is closed meanwhile sends it at once. */
async function pause(page: Page, delay: number, report: Report): Promise<void> {
  const send = () => void page.fetch(report.endpoint, reportRequest(report)).catch(() => {});
  page.addEventListener('pagehide', send);
  await new Promise((resolve) => page.setTimeout(resolve, delay));
  page.removeEventListener('pagehide', send);
}

async function readErrorCode(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  return (body as { error?: { code?: unknown } } | null)?.error?.code;
}
