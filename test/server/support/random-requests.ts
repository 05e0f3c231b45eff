import fc from 'fast-check';
import { CALLBACK, ORIGIN } from './backend.js';

/** A request that nobody's page sends, or hardly. */
export interface RandomRequest {
  readonly method: string;
  /** Below `/api/connect`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const key = fc.constantFrom(
  'userId',
  'authConfigId',
  'alias',
  'enabled',
  'allowMultiple',
  'callbackUrl',
  'bindingChallenge',
  'connectionData',
  'credentials',
  'connectedAccountId',
  'sessionUri',
  'state',
  'bindingVerifier',
  'validateCredentials',
  '__proto__',
  'constructor',
);
const query = fc
  .array(
    fc.tuple(fc.constantFrom('ids', 'userId', 'statuses', 'limit', 'orderBy', 'cursor', 'authConfigIds'), fc.string()),
  )
  .map((entries) => new URLSearchParams(entries).toString());
const headers = fc.record(
  {
    origin: fc.constantFrom(ORIGIN, ORIGIN, ORIGIN, 'https://evil.example', 'null', ''),
    'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site', 'same-site', 'none', ''),
    'content-type': fc.constantFrom('application/json', 'application/json', 'text/plain', ''),
    'content-length': fc.constantFrom('0', '-1', 'NaN', '99999999'),
    authorization: fc.constantFrom('Bearer x', 'Bearer ', 'Basic x'),
    host: fc.constantFrom('evil.example', 'localhost'),
    'x-forwarded-host': fc.constant('evil.example'),
  },
  { requiredKeys: [] },
);
/** Random requests that name, among much else, these two accounts: one of `user_ada`, one of `user_grace`. */
export function randomRequests(own: string, foreign: string): fc.Arbitrary<RandomRequest> {
  const id = fc.oneof(
    fc.constantFrom(own, foreign, 'ca_unknown', 'link', '..', '%2e%2e', '%00', 'a,b'),
    fc.webSegment(),
  );
  const path = fc.oneof(
    fc.constantFrom('/auth-configs', '/connected-accounts', '/connected-accounts/link', '/callback'),
    id.map((segment) => `/connected-accounts/${segment}`),
    id.map((segment) => `/connected-accounts/${segment}/refresh`),
    fc.webPath(),
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(
      own,
      foreign,
      'user_ada',
      'user_grace',
      'ac_github',
      'ac_zendesk',
      CALLBACK,
      'javascript:alert(1)',
      '',
    ),
  );
  const body = fc.oneof(
    fc.array(fc.tuple(key, value)).map((entries) => JSON.stringify(Object.fromEntries(entries))),
    fc.json(),
    fc.string(),
    fc.constant(undefined),
  );
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD'),
    path,
    query,
    headers,
    body,
  });
}

/** As a request of Ada's. */
export function toRequest({ method, path, query, headers, body }: RandomRequest): Request {
  const hasBody = body !== undefined && !['GET', 'HEAD'].includes(method);
  const init = { method, headers: { 'x-test-user': 'user_ada', ...headers }, ...(hasBody && { body }) };
  return new Request(`${ORIGIN}/api/connect${path}?${query}`, init);
}
