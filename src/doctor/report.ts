/** The outcome of one check. `skipped` says in `found` what was missing. */
export type DoctorOutcome = 'ok' | 'warning' | 'failed' | 'skipped';

/** One check of the doctor. Its texts name no user, token, cookie or query. */
export interface DoctorCheck {
  readonly id: DoctorCheckId;
  /** The subject, like `Callback page`. */
  readonly title: string;
  readonly outcome: DoctorOutcome;
  /** One sentence about what was found. */
  readonly found: string;
  /** What to change, if something has to be. */
  readonly fix?: string;
}

/** The names of the checks. */
export type DoctorCheckId =
  | 'elements'
  | 'secure-context'
  | 'storage'
  | 'popup'
  | 'page-policy'
  | 'opener-policy'
  | 'endpoint'
  | 'session'
  | 'auth-config'
  | 'origin'
  | 'clock'
  | 'callback-page';

/** What the doctor found on this page. */
export interface DoctorReport {
  readonly checks: readonly DoctorCheck[];
  /** False if a check failed. Warnings do not count. */
  readonly ok: boolean;
  /** The report as text, to be pasted into an issue. It holds no secret. */
  readonly diagnostics: string;
}

/** Addresses that the report names. */
export interface ReportSubject {
  /** Absolute address of the backend. */
  readonly endpoint: string;
}

const MARKS: Readonly<Record<DoctorOutcome, string>> = { ok: 'ok', warning: 'WARN', failed: 'FAIL', skipped: 'skip' };

/** Puts the checks together. */
export function createReport(checks: readonly DoctorCheck[], { endpoint }: ReportSubject): DoctorReport {
  const lines = [
    'connect-account doctor',
    `Time: ${new Date().toISOString()}`,
    `Page: ${self.origin}`,
    `Endpoint: ${withoutQuery(endpoint)}`,
    `Browser: ${navigator.userAgent}`,
    '',
    ...checks.flatMap(({ id, outcome, found, fix }) => [
      `${MARKS[outcome].padEnd(5)}${id}: ${found}`,
      ...(fix === undefined ? [] : [`     Fix: ${fix}`]),
    ]),
  ];
  const ok = checks.every(({ outcome }) => outcome !== 'failed');
  return Object.freeze({ checks: Object.freeze([...checks]), ok, diagnostics: lines.join('\n') });
}

/** Returns an address without what may hold a secret: user, password, query and hash. */
function withoutQuery(address: string): string {
  if (!URL.canParse(address)) return 'not an address';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}
