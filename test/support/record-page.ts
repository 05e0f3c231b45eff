/** Loaded by every page of the test host, before the elements: keeps what happens there, for the test to read. */

/** An event of the elements. */
export interface RecordedEvent {
  readonly type: string;
  readonly detail: unknown;
  /** Wall clock, in ms with fractions. */
  readonly at: number;
}

export interface PageRecord {
  readonly events: RecordedEvent[];
  /** Words in the console, exceptions and violations of the content security policy. A good page has none. */
  readonly problems: string[];
}

declare global {
  var pageRecord: PageRecord;
}

const EVENT_TYPES = [
  'account-connect-start',
  'account-connect-status',
  'account-connected',
  'account-connect-error',
  'account-connect-cancel',
  'account-disconnect-start',
  'account-disconnected',
  'account-updated',
  'accounts-loaded',
  'accounts-load-error',
];

const events: RecordedEvent[] = [];
const problems: string[] = [];
globalThis.pageRecord = { events, problems };

for (const type of EVENT_TYPES) {
  document.addEventListener(type, (event) => {
    const at = performance.timeOrigin + performance.now();
    events.push({ type, detail: structuredClone((event as CustomEvent<unknown>).detail), at });
  });
}

for (const level of ['error', 'warn', 'log', 'info'] as const) {
  console[level] = (...words: unknown[]) => void problems.push(`console.${level}: ${words.join(' ')}`);
}
addEventListener('error', ({ message }) => problems.push(`exception: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => problems.push(`rejection: ${reason}`));
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  problems.push(`policy: ${violatedDirective} ${blockedURI}`),
);
