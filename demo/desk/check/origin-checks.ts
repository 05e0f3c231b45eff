import type { Check } from './check.js';
import { type Answer, expectAnswer, Finding, type Probe, type ProbeRequest } from './probe.js';
import { UNKNOWN_ID } from './route-checks.js';

const FOREIGN = 'https://connect-account-check.example';
const TRACING = 'authorization, content-type, traceparent';

/** Sends a change that must be refused for its source. A backend may also say first that nobody is signed in. */
async function expectRefused(probe: Probe, method: string, path: string, request: ProbeRequest, sent: string) {
  const answer = await probe.send(method, path, request);
  const hasSession = Object.keys(probe.options.session).length > 0;
  if (!hasSession && answer.status === 401) return;
  // A backend need not offer PATCH, DELETE and POST callback.
  if (path !== LINK && (answer.status === 405 || answer.status === 404) && !hasSession) return;
  expectAnswer(answer, 403, 'csrf_rejected', sent);
}

const LINK = '/connected-accounts/link';

const linkBody = ({ options }: Probe) => ({ authConfigId: options.authConfigId ?? 'ac_check' });

async function checkForeignOrigin(probe: Probe): Promise<void> {
  const headers = { origin: FOREIGN, 'sec-fetch-site': 'cross-site' };
  await expectRefused(probe, 'POST', LINK, { body: linkBody(probe), headers }, `from ${FOREIGN}`);
  const path = `/connected-accounts/${UNKNOWN_ID}`;
  await expectRefused(probe, 'PATCH', path, { body: { alias: 'check' }, headers }, `from ${FOREIGN}`);
  await expectRefused(probe, 'DELETE', path, { headers }, `from ${FOREIGN}`);
  await expectRefused(probe, 'POST', '/callback', { body: { state: 'check' }, headers }, `from ${FOREIGN}`);
  const hidden = { origin: null, 'sec-fetch-site': 'cross-site' };
  await expectRefused(
    probe,
    'POST',
    LINK,
    { body: linkBody(probe), headers: hidden },
    'with Sec-Fetch-Site: cross-site',
  );
  const opaque = { origin: 'null', 'sec-fetch-site': 'cross-site' };
  await expectRefused(probe, 'POST', LINK, { body: linkBody(probe), headers: opaque }, 'from a sandboxed frame');
}

function preflight(probe: Probe, origin: string): Promise<Answer> {
  const headers = {
    origin,
    'sec-fetch-site': 'cross-site',
    'access-control-request-method': 'POST',
    'access-control-request-headers': TRACING,
  };
  return probe.send('OPTIONS', LINK, { as: 'nobody', headers });
}

async function checkForeignReader(probe: Probe): Promise<void> {
  const headers = { origin: FOREIGN, 'sec-fetch-site': 'cross-site' };
  for (const answer of [
    await preflight(probe, FOREIGN),
    await probe.send('GET', `/connected-accounts/${UNKNOWN_ID}`, { headers }),
  ]) {
    const granted = answer.headers.get('access-control-allow-origin');
    if (granted !== null)
      throw new Finding(`${answer.method} from ${FOREIGN} was answered Access-Control-Allow-Origin: ${granted}.`);
  }
}

async function checkAllowedReader(probe: Probe): Promise<void> {
  const origin = probe.options.allowedOrigin ?? '';
  const answer = await preflight(probe, origin);
  if (answer.status !== 200 && answer.status !== 204) throw new Finding(`The preflight was answered ${answer.status}.`);
  expectHeader(answer, 'access-control-allow-origin', origin);
  expectHeader(answer, 'access-control-allow-credentials', 'true');
  const names = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(/\s*,\s*/);
  const missing = TRACING.split(', ').filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Finding(`The preflight does not allow the headers ${missing.join(', ')}.`);
  const headers = { origin, 'sec-fetch-site': 'cross-site' };
  const read = await probe.send('GET', `/connected-accounts/${UNKNOWN_ID}`, { headers });
  expectHeader(read, 'access-control-allow-origin', origin);
  expectHeader(read, 'access-control-allow-credentials', 'true');
  if (!/\borigin\b|\*/i.test(read.headers.get('vary') ?? '')) throw new Finding('The answer has no Vary: Origin.');
}

function expectHeader(answer: Answer, name: string, value: string): void {
  const actual = answer.headers.get(name);
  if (actual !== value)
    throw new Finding(`${answer.method} was answered ${name}: ${actual ?? 'none'}. Expected ${value}.`);
}

/** Which pages may send and read what. */
export const ORIGIN_CHECKS: readonly Check[] = [
  {
    id: 'csrf-origin',
    title: 'A change from a page of another origin is 403 csrf_rejected',
    fix: 'Compare Origin, and Sec-Fetch-Site where there is no Origin, with your own origin and the allowed ones before anything else happens.',
    run: checkForeignOrigin,
  },
  {
    id: 'csrf-no-origin',
    title: 'A change with neither Origin nor Sec-Fetch-Site is 403 csrf_rejected',
    fix: 'Refuse a change that does not say where it comes from, unless a valid Authorization: Bearer is there.',
    async run(probe) {
      const bearer = Object.keys(probe.options.session).some((name) => name.toLowerCase() === 'authorization');
      const request = { body: linkBody(probe), headers: { origin: null, 'sec-fetch-site': null } };
      await expectRefused(
        probe,
        'POST',
        LINK,
        { ...request, ...(bearer && { as: 'nobody' }) },
        'without Origin and Sec-Fetch-Site',
      );
    },
  },
  {
    id: 'csrf-content-type',
    title: 'A body that is not application/json is 403 csrf_rejected',
    fix: 'Check Content-Type before the body is parsed. A form of any site can send JSON as text/plain.',
    async run(probe) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const request = { body: linkBody(probe), headers: { 'content-type': type } };
        await expectRefused(probe, 'POST', LINK, request, `as ${type}`);
      }
    },
  },
  {
    id: 'cors-foreign',
    title: 'A page of another origin can read nothing',
    fix: 'Send Access-Control-Allow-Origin only to the origins that you allow, by name. Never echo the Origin and never send *.',
    run: checkForeignReader,
  },
  {
    id: 'cors-allowed',
    title: 'A page of an allowed origin can read and write',
    fix: 'Answer its preflight with its origin, Access-Control-Allow-Credentials: true and the header names that it asks for; add Vary: Origin.',
    needs: ['allowed origin'],
    run: checkAllowedReader,
  },
];
