import { onPage } from '../browser/page-limits.js';
import type { SessionTokenSource } from '../core/http/session-tokens.js';
import { normalizeEndpoint } from '../core/model/urls.js';
import { type BackendSubject, checkBackend } from './backend-checks.js';
import { checkPage, checkPolicies } from './page-checks.js';
import { createReport, type DoctorReport } from './report.js';

/** Options of the doctor. What is left out is taken from the first `<connect-account>` of the page. */
export interface DoctorOptions {
  /** Base URL of the backend. Default `/api/connect`. */
  readonly endpoint?: string;
  /** Default `{endpoint}/callback`. */
  readonly callbackUrl?: string;
  readonly userId?: string;
  readonly authConfigId?: string;
  readonly sessionToken?: SessionTokenSource;
}

/** `<connect-account>` or `<connected-accounts-list>`, by the properties that are read here. */
type ElementOnPage = Element & DoctorOptions;

const ELEMENTS = 'connect-account, connected-accounts-list';
const MAX_DEFINITION_MS = 2000;

/** Checks this page and its backend, and says what to fix. It changes nothing, and never rejects. */
export async function runDoctor(options: DoctorOptions = {}): Promise<DoctorReport> {
  await pageIsReady();
  const subject = readSubject(options);
  const checks = [...checkPage(), ...(await checkPolicies()), ...(await checkBackend(subject))];
  return createReport(checks, subject);
}

/** Waits until the page has loaded and its elements are defined, or will not be. */
async function pageIsReady(): Promise<void> {
  if (document.readyState !== 'complete')
    await new Promise((resolve) => addEventListener('load', resolve, { once: true }));
  const tags = [...document.querySelectorAll(ELEMENTS)].map(({ localName }) => customElements.whenDefined(localName));
  await Promise.race([Promise.all(tags), new Promise((resolve) => setTimeout(resolve, MAX_DEFINITION_MS))]);
}

function readSubject(options: DoctorOptions): BackendSubject {
  const element = document.querySelector<ElementOnPage>(ELEMENTS);
  const endpoint = normalizeEndpoint(options.endpoint || element?.endpoint, onPage);
  const callbackUrl = options.callbackUrl || element?.callbackUrl;
  return {
    endpoint,
    callbackUrl: callbackUrl ? onPage(callbackUrl) : `${endpoint}/callback`,
    userId: options.userId || element?.userId || undefined,
    authConfigId: options.authConfigId || element?.authConfigId || undefined,
    sessionToken: options.sessionToken ?? element?.sessionToken,
  };
}
