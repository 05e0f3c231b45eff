/** Records what happens in a page, for tests to read. Every page of the test host loads it before the elements. */

import { ALL_EVENT_NAMES } from '../../src/events/event-names.js';

/** An event of the elements. */
export interface RecordedEvent {
  readonly type: string;
  readonly detail: unknown;
  /** Wall-clock time, in ms with fractions. */
  readonly at: number;
}

export interface PageRecord {
  readonly events: RecordedEvent[];
  /** Console messages, exceptions, and violations of the content security policy. A good page has none. */
  readonly problems: string[];
}

declare global {
  var pageRecord: PageRecord;
}

const events: RecordedEvent[] = [];
const problems: string[] = [];
globalThis.pageRecord = { events, problems };

for (const type of ALL_EVENT_NAMES) {
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
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  // WebKit applies the page's policy to the icon that it requests by itself.
  if (!blockedURI.endsWith('/favicon.ico')) problems.push(`policy: ${violatedDirective} ${blockedURI}`);
});

/** The report of a page in a frame to the page around it, which requests it by the message `report`. */
export interface FrameReport extends PageRecord {
  readonly phase: string | undefined;
  readonly code: string | undefined;
  /** The text of the element's live regions. */
  readonly words: string;
  readonly hasLink: boolean;
  /** The center of the link, or of the trigger where there is no link, in the viewport of the frame. */
  readonly trigger: { readonly x: number; readonly y: number };
}

addEventListener('message', ({ data, source }) => {
  if (data === 'report') (source as Window | null)?.postMessage(report(), '*');
});

function report(): FrameReport {
  const element = document.querySelector('connect-account');
  const link = element?.shadowRoot?.querySelector('a[part~="link"]');
  const hasLink = isVisible(link);
  const target = hasLink ? link : element?.shadowRoot?.querySelector('[part~="trigger"]');
  const { x = 0, y = 0, width = 0, height = 0 } = target?.getBoundingClientRect() ?? {};
  const said = [...(element?.shadowRoot?.querySelectorAll('[part~="status"], [part~="error"]') ?? [])];
  return {
    events,
    problems,
    phase: element?.state?.phase,
    code: element?.error?.code,
    words: said.map(({ textContent }) => textContent?.trim()).join(' '),
    hasLink,
    trigger: { x: Math.round(x + width / 2), y: Math.round(y + height / 2) },
  };
}

function isVisible(element: Element | null | undefined): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false;
}
