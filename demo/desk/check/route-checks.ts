import type { Check } from './check.js';
import { expectAnswer, expectOffered, Finding, NotOffered, nameOf, type Probe } from './probe.js';

/** An id of the right form that no user has. */
export const UNKNOWN_ID = 'ca_connectAccountCheck';

/** Every route that needs a user, with a body that would do. */
const GUARDED: ReadonlyArray<readonly [method: string, path: string, body?: object]> = [
  ['GET', `/connected-accounts/${UNKNOWN_ID}`],
  ['POST', '/connected-accounts/link', { authConfigId: 'ac_check' }],
  ['GET', '/connected-accounts'],
  ['GET', '/auth-configs?ids=ac_check'],
  ['POST', '/connected-accounts', { authConfigId: 'ac_check', credentials: {} }],
  ['PATCH', `/connected-accounts/${UNKNOWN_ID}`, { alias: 'check' }],
  ['POST', `/connected-accounts/${UNKNOWN_ID}/refresh`, {}],
  ['DELETE', `/connected-accounts/${UNKNOWN_ID}`],
];
/** A backend must have these two. */
const REQUIRED = 2;

async function checkAnonymous(probe: Probe): Promise<void> {
  for (const [index, [method, path, body]] of GUARDED.entries()) {
    const answer = await probe.send(method, path, { as: 'nobody', ...(body && { body }) });
    if (index >= REQUIRED && (answer.status === 404 || answer.status === 405)) continue;
    expectAnswer(answer, 401, 'unauthorized', 'without a session');
  }
}

async function checkHead(probe: Probe): Promise<void> {
  for (const path of ['/callback', '/connected-accounts', `/connected-accounts/${UNKNOWN_ID}`]) {
    const get = await probe.send('GET', path);
    const head = await probe.send('HEAD', path);
    if (head.status === get.status && head.text === '') continue;
    throw new Finding(`HEAD ${path} was answered ${head.status}, GET ${get.status}.`);
  }
}

async function checkSlash(probe: Probe): Promise<void> {
  for (const path of ['/callback', '/connected-accounts', `/connected-accounts/${UNKNOWN_ID}`]) {
    const without = await probe.send('GET', path);
    const withSlash = await probe.send('GET', `${path}/`);
    if (without.status === withSlash.status) continue;
    throw new Finding(`GET ${path}/ was answered ${withSlash.status}, without the slash ${without.status}.`);
  }
}

/** Routes, methods, and who may use them. */
export const ROUTE_CHECKS: readonly Check[] = [
  {
    id: 'anonymous',
    title: 'Nobody gets anything without a session',
    fix: 'Answer 401 {"error": {"code": "unauthorized", …}} on every route but the callback, before anything else is looked at.',
    run: checkAnonymous,
  },
  {
    id: 'session',
    title: 'The session that was given is known',
    fix: 'Check the --header or --token that you gave: the backend does not recognise it.',
    needs: ['session'],
    async run(probe) {
      const answer = await probe.send('GET', `/connected-accounts/${UNKNOWN_ID}`);
      expectAnswer(answer, 404, 'not_found');
    },
  },
  {
    id: 'unknown-route',
    title: 'An unknown route is 404 not_found',
    fix: 'Answer 404 {"error": {"code": "not_found", …}} below the endpoint, not the page of a single-page app.',
    async run(probe) {
      expectAnswer(await probe.send('GET', '/connect-account-check'), 404, 'not_found');
    },
  },
  {
    id: 'method',
    title: 'A method that is not offered is 405 invalid_request',
    fix: 'Answer 405 {"error": {"code": "invalid_request", …}} where the path is known and the method is not.',
    async run(probe) {
      const put = await probe.send('PUT', '/connected-accounts', { body: {} });
      const isAnonymous = Object.keys(probe.options.session).length === 0;
      if (put.status !== 401 || !isAnonymous) expectAnswer(put, 405, 'invalid_request');
      const remove = await probe.send('DELETE', '/callback');
      if (remove.status !== 401 || !isAnonymous) expectAnswer(remove, 405, 'invalid_request');
    },
  },
  {
    id: 'head',
    title: 'HEAD is answered as GET',
    fix: 'Answer HEAD with the status and the headers of GET and no body.',
    run: checkHead,
  },
  {
    id: 'trailing-slash',
    title: 'A slash at the end of a path changes nothing',
    fix: 'Route both forms to the same handler. A redirect loses the body of a POST.',
    run: checkSlash,
  },
  {
    id: 'unknown-account',
    title: 'An unknown account is 404 not_found on every route',
    fix: 'Answer 404 {"error": {"code": "not_found", …}} for every id that is not an account of the user, DELETE included.',
    needs: ['session'],
    async run(probe) {
      for (const [method, suffix, body] of ACCOUNT_ROUTES) {
        const answer = await probe.send(method, `/connected-accounts/${UNKNOWN_ID}${suffix}`, body && { body });
        if (answer.status !== 405) expectAnswer(answer, 404, 'not_found');
      }
    },
  },
  {
    id: 'foreign-user',
    title: 'A userId that is not the one signed in is 403 forbidden',
    fix: 'Compare every userId that is sent, in the query and in the body, with the user of the session. Never act for the one that was sent.',
    needs: ['session'],
    async run(probe) {
      const userId = 'connect-account-check-somebody-else';
      const read = await probe.send('GET', `/connected-accounts/${UNKNOWN_ID}?userId=${userId}`);
      expectAnswer(read, 403, 'forbidden', 'with the userId of another user');
      const body = { userId, authConfigId: probe.options.authConfigId ?? 'ac_check' };
      const link = await probe.send('POST', '/connected-accounts/link', { body });
      expectAnswer(link, 403, 'forbidden', 'with the userId of another user');
      const list = await probe.send('GET', `/connected-accounts?userId=${userId}`);
      if (list.status !== 404 && list.status !== 405)
        expectAnswer(list, 403, 'forbidden', 'with the userId of another user');
    },
  },
  {
    id: 'list-input',
    title: 'A list with a bad limit, status or order is 400 invalid_request',
    fix: 'Accept limit from 1 to 100, the seven statuses, and created_at or updated_at. Refuse everything else.',
    needs: ['session'],
    async run(probe) {
      expectOffered(await probe.send('GET', '/connected-accounts'));
      for (const query of ['limit=0', 'limit=101', 'limit=ten', 'statuses=BROKEN', 'orderBy=name']) {
        expectAnswer(await probe.send('GET', `/connected-accounts?${query}`), 400, 'invalid_request', `with ${query}`);
      }
    },
  },
  {
    id: 'too-many-ids',
    title: 'More than 100 ids are 400 invalid_request',
    fix: 'Count the ids of GET auth-configs before anything is asked upstream.',
    needs: ['session'],
    async run(probe) {
      expectOffered(await probe.send('GET', '/auth-configs?ids=ac_check'));
      const ids = Array.from({ length: 101 }, (_, index) => `ac_${index}`).join(',');
      expectAnswer(await probe.send('GET', `/auth-configs?ids=${ids}`), 400, 'invalid_request', 'with 101 ids');
    },
  },
];

/** The routes of one account. */
export const ACCOUNT_ROUTES: ReadonlyArray<readonly [method: string, suffix: string, body?: object]> = [
  ['GET', ''],
  ['PATCH', '', { alias: 'connect-account check' }],
  ['POST', '/refresh', {}],
  ['DELETE', ''],
];

/** Reads the ids on a page of a list. @throws NotOffered if the backend has no list, Finding if it is not one */
export async function listIds(probe: Probe, as: 'user' | 'other'): Promise<string[]> {
  const answer = await probe.send('GET', '/connected-accounts?limit=100', { as });
  if (answer.status === 404 || answer.status === 405) throw new NotOffered(`${nameOf(answer)} is not offered.`);
  expectAnswer(answer, 200);
  const { items } = answer.json as { items?: ReadonlyArray<{ id?: unknown }> };
  if (!Array.isArray(items)) throw new Finding('GET /connected-accounts has no array "items".');
  return items.map(({ id }) => String(id));
}
