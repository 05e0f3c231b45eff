import { CONNECT_ERROR_CODES, type ConnectErrorCode } from '../../../src/core/model/error-codes.js';
import { languages } from '../../../src/messages/languages.js';
import type { VisitorBackendOptions } from '../visitor-backend.js';

/** A language of the page: its tag, its own name, and its direction. */
export interface Language {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he']);

/** All languages that the package has, by their own names. */
export const LANGUAGES: readonly Language[] = ['en', ...Object.keys(languages)]
  .map((key) => new Intl.Locale(key).toString())
  .sort()
  .map((tag) => ({
    tag,
    name: new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag,
    direction: RIGHT_TO_LEFT.has(tag) ? 'rtl' : 'ltr',
  }));

/** What all languages show at the same time. */
export interface Show {
  readonly title: string;
  /** The element, if it is not `connect-account`. */
  readonly tag?: 'connected-accounts-list';
  readonly authConfigId?: string;
  /** Whether the page calls `connect()` by itself. */
  readonly connects?: 'popup' | 'redirect';
  /** The code with which the backend refuses a link. */
  readonly refusal?: ConnectErrorCode;
}

/** The phases that may last. Those between two requests are seen on the way: each button is real. */
const PHASES = {
  ready: { title: 'Ready', authConfigId: 'ac_notion' },
  form: { title: 'Asks for a key (click)', authConfigId: 'ac_firecrawl' },
  'popup-blocked': { title: 'Window blocked', authConfigId: 'ac_googlecalendar', connects: 'popup' },
  'awaiting-authorization': { title: 'At the provider', authConfigId: 'ac_zendesk' },
  connected: { title: 'Connected', authConfigId: 'ac_github' },
  'needs-attention': { title: 'Expired', authConfigId: 'ac_slack' },
  disabled: { title: 'Disabled by the user', authConfigId: 'ac_twilio' },
  misconfigured: { title: 'Misconfigured', authConfigId: 'ac_unknown' },
  list: { title: 'List', tag: 'connected-accounts-list' },
} as const satisfies Record<string, Show>;

const ERRORS: Readonly<Record<string, Show>> = Object.fromEntries(
  CONNECT_ERROR_CODES.map((code) => [
    code,
    { title: code, authConfigId: 'ac_notion', connects: 'redirect', refusal: code },
  ]),
);

/** The choices of the page, in groups. */
export const SHOW_GROUPS: Readonly<Record<string, Readonly<Record<string, Show>>>> = { Phases: PHASES, Errors: ERRORS };

/** Returns the show of this name, or the first one. */
export function findShow(name: string | undefined): { readonly name: string; readonly show: Show } {
  const all: Readonly<Record<string, Show>> = { ...ERRORS, ...PHASES };
  const found = name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
  return name !== undefined && found ? { name, show: found } : { name: 'ready', show: PHASES.ready };
}

/** What a visitor of the page has connected from the start. */
export const LANGUAGE_SAMPLES: VisitorBackendOptions['samples'] = [
  { authConfigId: 'ac_twilio', displayName: 'ops@example.com', status: 'INACTIVE', age: 8 * 86_400_000 },
  { authConfigId: 'ac_slack', displayName: 'design-team', status: 'EXPIRED', age: 40 * 86_400_000 },
  { authConfigId: 'ac_github', displayName: 'octocat', alias: 'Work', age: 3 * 3_600_000 },
  { authConfigId: 'ac_zendesk', status: 'INITIATED' },
];
