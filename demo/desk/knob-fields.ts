import { type CallbackKnobs, createKnobs, type Knobs } from '../emulator/knobs.js';
import type { Emulator } from '../emulator/start-emulator.js';
import { PROVIDER_LOGINS } from '../provider/provider-logins.js';
import type { Provider, ProviderKnobs } from '../provider/start-provider.js';

/** The parts that the page of the desk changes. */
export interface DeskParts {
  readonly emulator: Emulator;
  readonly provider: Provider;
}

/** A control of the page: its words, and how its text is read and written. */
export interface KnobField {
  readonly label: string;
  readonly hint?: string;
  /** `flag` is a checkbox with the texts `on` and `''`; `choice` is a select with these values. */
  readonly kind: 'number' | 'text' | 'flag' | { readonly choice: readonly string[] };
  read(parts: DeskParts): string;
  write(parts: DeskParts, text: string): void;
}

const OPENER_POLICIES = ['', 'same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'];
const MAX_DELAY_MS = 600_000;

/** Reads a number of milliseconds. Nonsense counts as 0. */
const milliseconds = (text: string): number => Math.min(Math.max(Math.trunc(Number(text)) || 0, 0), MAX_DELAY_MS);

/** A knob that is true or false. */
function flag(label: string, read: (parts: DeskParts) => boolean, write: (parts: DeskParts, on: boolean) => void) {
  return {
    label,
    kind: 'flag' as const,
    read: (parts: DeskParts) => (read(parts) ? 'on' : ''),
    write: (parts: DeskParts, text: string) => write(parts, text === 'on'),
  };
}

/** A knob that is a number of something, at least 1. Nonsense, and an empty field, is `usual`. */
function count<Usual extends number | undefined>(
  label: string,
  usual: Usual,
  read: (parts: DeskParts) => number | undefined,
  write: (parts: DeskParts, count: number | Usual) => void,
): KnobField {
  return {
    label,
    hint: `Empty: ${usual ?? 'no limit'}.`,
    kind: 'number',
    read: (parts) => String(read(parts) ?? ''),
    write: (parts, text) => {
      const number = Math.trunc(Number(text));
      write(parts, number >= 1 ? number : usual);
    },
  };
}

const USUAL = createKnobs();

/** The knobs of the emulator but `failures`, which has a form of its own. A knob without a control does not compile. */
const COMPOSIO: Readonly<Record<Exclude<keyof Knobs, 'failures' | 'callback'>, KnobField>> = {
  latency: {
    label: 'Each response takes (ms)',
    kind: 'number',
    read: ({ emulator }) => String(emulator.knobs.latency['*'] ?? 0),
    write: ({ emulator }, text) => {
      emulator.knobs.latency = { '*': milliseconds(text) };
    },
  },
  activationDelay: {
    label: 'An account becomes ACTIVE this long after the return (ms)',
    kind: 'number',
    read: ({ emulator }) => String(emulator.knobs.activationDelay),
    write: ({ emulator }, text) => {
      emulator.knobs.activationDelay = milliseconds(text);
    },
  },
  denyLinks: flag(
    'Every link ends as if the user had refused',
    ({ emulator }) => emulator.knobs.denyLinks,
    ({ emulator }, on) => {
      emulator.knobs.denyLinks = on;
    },
  ),
  hostedConsentPage: flag(
    'Composio shows a page of its own before the provider',
    ({ emulator }) => emulator.knobs.hostedConsentPage,
    ({ emulator }, on) => {
      emulator.knobs.hostedConsentPage = on;
    },
  ),
  sameBrowserCheck: flag(
    'Composio refuses a flow that ends in another browser',
    ({ emulator }) => emulator.knobs.sameBrowserCheck,
    ({ emulator }, on) => {
      emulator.knobs.sameBrowserCheck = on;
    },
  ),
  maskSecrets: flag(
    'Composio masks credentials in its responses',
    ({ emulator }) => emulator.knobs.maskSecrets,
    ({ emulator }, on) => {
      emulator.knobs.maskSecrets = on;
    },
  ),
  givesDisplayName: flag(
    'Accounts get the name of the login',
    ({ emulator }) => emulator.knobs.givesDisplayName,
    ({ emulator }, on) => {
      emulator.knobs.givesDisplayName = on;
    },
  ),
  usedLinkShowsCallback: flag(
    'The page of a used link shows the callback URL',
    ({ emulator }) => emulator.knobs.usedLinkShowsCallback,
    ({ emulator }, on) => {
      emulator.knobs.usedLinkShowsCallback = on;
    },
  ),
  isRefreshGone: flag(
    'The deprecated refresh is gone (410)',
    ({ emulator }) => emulator.knobs.isRefreshGone,
    ({ emulator }, on) => {
      emulator.knobs.isRefreshGone = on;
    },
  ),
  requestsPerMinute: count(
    'Requests per minute of the organization',
    undefined,
    ({ emulator }) => emulator.knobs.requestsPerMinute,
    ({ emulator }, limit) => {
      emulator.knobs.requestsPerMinute = limit;
    },
  ),
  maxPageLimit: count(
    'Largest page of a list',
    USUAL.maxPageLimit,
    ({ emulator }) => emulator.knobs.maxPageLimit,
    ({ emulator }, limit) => {
      emulator.knobs.maxPageLimit = limit;
    },
  ),
  maxIdsInFilter: count(
    'Most ids in one filter',
    USUAL.maxIdsInFilter,
    ({ emulator }) => emulator.knobs.maxIdsInFilter,
    ({ emulator }, limit) => {
      emulator.knobs.maxIdsInFilter = limit;
    },
  ),
  rejectedCredentials: {
    label: 'Credentials that the app refuses',
    hint: 'Separate several by commas.',
    kind: 'text',
    read: ({ emulator }) => [...emulator.knobs.rejectedCredentials].join(', '),
    write: ({ emulator }, text) => {
      emulator.knobs.rejectedCredentials = new Set(text.split(/\s*,\s*/).filter((one) => one !== ''));
    },
  },
  crossOriginOpenerPolicy: {
    label: 'Cross-Origin-Opener-Policy of the link page',
    kind: { choice: OPENER_POLICIES },
    read: ({ emulator }) => emulator.knobs.crossOriginOpenerPolicy ?? '',
    write: ({ emulator }, text) => {
      emulator.knobs.crossOriginOpenerPolicy = text || undefined;
    },
  },
  verifierUrl: {
    label: 'Verifier URL of the project',
    hint: "Give your backend binding: 'verifier' too.",
    kind: 'text',
    read: ({ emulator }) => emulator.knobs.verifierUrl ?? '',
    write: ({ emulator }, text) => {
      emulator.knobs.verifierUrl = URL.canParse(text) ? text : undefined;
    },
  },
};

/** The quirks of the way back to the callback page. */
const CALLBACK: Readonly<Record<keyof CallbackKnobs, KnobField>> = {
  parameterNames: {
    label: 'Names in the query of the callback page',
    kind: { choice: ['snake', 'camel'] },
    read: ({ emulator }) => emulator.knobs.callback.parameterNames,
    write: ({ emulator }, text) => {
      emulator.knobs.callback.parameterNames = text === 'camel' ? 'camel' : 'snake';
    },
  },
  omitAccountId: flag(
    'The callback page is not told the account',
    ({ emulator }) => emulator.knobs.callback.omitAccountId,
    ({ emulator }, on) => {
      emulator.knobs.callback.omitAccountId = on;
    },
  ),
  error: {
    label: 'The callback page is told this error',
    kind: 'text',
    read: ({ emulator }) => emulator.knobs.callback.error ?? '',
    write: ({ emulator }, text) => {
      emulator.knobs.callback.error = text || undefined;
    },
  },
};

type Hop = keyof ProviderKnobs['crossOriginOpenerPolicy'];

function openerPolicy(hop: Hop): KnobField {
  return {
    label: `Cross-Origin-Opener-Policy: ${hop}`,
    kind: { choice: OPENER_POLICIES },
    read: ({ provider }) => provider.knobs.crossOriginOpenerPolicy[hop] ?? '',
    write: ({ provider }, text) => {
      const { [hop]: _, ...others } = provider.knobs.crossOriginOpenerPolicy;
      provider.knobs.crossOriginOpenerPolicy = text ? { ...others, [hop]: text } : others;
    },
  };
}

/** The knobs of the provider. */
const PROVIDER: Readonly<Record<Exclude<keyof ProviderKnobs, 'crossOriginOpenerPolicy'> | Hop, KnobField>> = {
  autoConsent: {
    label: 'Signs in and agrees without a click',
    kind: { choice: ['', ...PROVIDER_LOGINS.map(({ login }) => login)] },
    read: ({ provider }) => provider.knobs.autoConsent ?? '',
    write: ({ provider }, text) => {
      provider.knobs.autoConsent = text || undefined;
    },
  },
  revokesWholeGrant: flag(
    'The revocation of one token ends all of the user',
    ({ provider }) => provider.knobs.revokesWholeGrant,
    ({ provider }, on) => {
      provider.knobs.revokesWholeGrant = on;
    },
  ),
  authorize: openerPolicy('authorize'),
  login: openerPolicy('login'),
  consent: openerPolicy('consent'),
};

/** The controls of the page by section. Their names are unique. */
export const KNOB_SECTIONS: Readonly<Record<string, Readonly<Record<string, KnobField>>>> = {
  Composio: COMPOSIO,
  'The way back': CALLBACK,
  Provider: PROVIDER,
};
