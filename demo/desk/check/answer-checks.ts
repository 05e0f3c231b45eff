import { CONNECT_ERROR_CODES } from '../../../src/core/model/error-codes.js';
import type { Check } from './check.js';
import { type Answer, codeOf, Finding, nameOf } from './probe.js';

/** Keys under which credentials travel at Composio and at providers. */
const SECRET_KEY =
  /^(?:state|data|params|val|credentials?|token|.*_token|.*Token|(?:api|client|generic_api)_?key|apiKey|client_?secret|secret|password|authorization|redirect_?uri|session_?uri)$/i;

/** The statuses of a code, where it is not of one alone. */
const STATUSES: Readonly<Record<string, readonly number[]>> = {
  invalid_request: [400, 405, 413, 415],
  missing_fields: [400],
  unauthorized: [401],
  forbidden: [403],
  csrf_rejected: [403],
  browser_mismatch: [403],
  not_found: [404],
  auth_config_not_found: [404],
  rate_limited: [429],
  internal_error: [500],
  upstream_error: [502],
  timeout: [504],
};

function secretKeysIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...(!Array.isArray(value) && SECRET_KEY.test(key) ? [key] : []),
    ...secretKeysIn(part),
  ]);
}

/** Returns the answers of the JSON routes: all but the callback page and its script. */
function jsonAnswers(answers: readonly Answer[]): Answer[] {
  return answers.filter(
    ({ method, path }) =>
      method !== 'OPTIONS' && method !== 'HEAD' && !(method === 'GET' && /^\/callback(?:\.js)?\/?(?:\?|$)/.test(path)),
  );
}

/** Sentences about every answer, checked on all answers of the run. They come last. */
export const ANSWER_CHECKS: readonly Check[] = [
  {
    id: 'error-envelope',
    title: 'Every error is JSON with a code of the protocol that fits the status',
    fix: 'Answer errors with {"error": {"code", "message"}} as application/json, also those of the framework: body parser, router, exceptions.',
    async run({ answers }) {
      const wrong = jsonAnswers(answers).find((answer) => {
        if (answer.status < 400) return false;
        const code = codeOf(answer);
        const { error } = (answer.json ?? {}) as { error?: { message?: unknown } };
        const isKnown = (CONNECT_ERROR_CODES as readonly string[]).includes(code);
        const isFitting = STATUSES[code]?.includes(answer.status) ?? true;
        return !isKnown || !isFitting || typeof error?.message !== 'string';
      });
      if (wrong)
        throw new Finding(`${nameOf(wrong)} was answered ${wrong.status} ${codeOf(wrong) || 'without a code'}.`);
    },
  },
  {
    id: 'no-server-error',
    title: 'No request of this run is a 5xx',
    fix: 'Look into the log of the backend for the exception, or for what the upstream service answered.',
    async run({ answers }) {
      const failed = answers.find(({ status }) => status >= 500);
      if (failed) throw new Finding(`${nameOf(failed)} was answered ${failed.status} ${codeOf(failed)}.`);
    },
  },
  {
    id: 'no-store',
    title: 'No answer may be stored',
    fix: 'Send Cache-Control: no-store with every answer of the endpoint.',
    async run({ answers }) {
      const stored = jsonAnswers(answers).find(
        ({ headers }) => !/\bno-store\b/i.test(headers.get('cache-control') ?? ''),
      );
      if (stored) throw new Finding(`${nameOf(stored)} (${stored.status}) has no Cache-Control: no-store.`);
    },
  },
  {
    id: 'no-secrets',
    title: 'No answer has a field for a secret, masked or not',
    fix: 'Build each answer from a list of allowed fields. Never pass on an object of the SDK.',
    async run({ answers }) {
      for (const answer of answers) {
        const [key] = secretKeysIn(answer.json);
        if (key !== undefined) throw new Finding(`${nameOf(answer)} has the field "${key}".`);
      }
    },
  },
];
