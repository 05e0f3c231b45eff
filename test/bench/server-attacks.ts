import { CALLBACK, createRequest, ORIGIN, type SendOptions } from '../server/support/backend.js';

const EVIL = 'https://evil.example';

/** State changes that are allowed when a page of the app sends them. */
const WRITES = (own: string): [method: string, path: string, body?: object][] => [
  ['POST', '/connected-accounts/link', { authConfigId: 'ac_github' }],
  ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'key' } }],
  ['PATCH', `/connected-accounts/${own}`, { alias: 'mine' }],
  ['POST', `/connected-accounts/${own}/refresh`, {}],
  ['DELETE', `/connected-accounts/${own}`],
];

const FOREIGN_SOURCES: SendOptions['headers'][] = [
  { origin: EVIL, 'sec-fetch-site': 'cross-site' },
  { origin: EVIL, 'sec-fetch-site': 'same-origin' },
  { origin: 'http://localhost:3001', 'sec-fetch-site': 'same-site' },
  { origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { origin: undefined, 'sec-fetch-site': 'none' },
  { origin: undefined, 'sec-fetch-site': undefined },
  { origin: EVIL, 'sec-fetch-site': undefined, host: 'evil.example', 'x-forwarded-host': 'evil.example' },
];

const CALLBACKS = [
  EVIL,
  '//evil.example/api/connect/callback',
  `${ORIGIN}@evil.example/api/connect/callback`,
  `${ORIGIN}.evil.example/api/connect/callback`,
  `${ORIGIN}/api/connect/callback/../../../elsewhere`,
  `${ORIGIN}/api/connect/callback%2f..`,
  'javascript:alert(1)',
  CALLBACK.replace('http:', 'ftp:'),
];

const BODIES = [
  '{',
  '[]',
  'null',
  '"text"',
  '{"__proto__":{"admin":true},"authConfigId":"ac_github"}',
  '{"constructor":{"prototype":{}},"authConfigId":"ac_github"}',
  '{"authConfigId":["ac_github"]}',
  '{"authConfigId":"ac_github,ac_zendesk"}',
  '{"authConfigId":"ac_github","userId":"user_grace"}',
  '{"authConfigId":"ac_github","connectionData":{"callback_url":"https://evil.example"}}',
  `{"authConfigId":"ac_github","alias":"${'x'.repeat(70_000)}"}`,
];

const QUERIES = [
  'userId=user_grace',
  'limit=0',
  'limit=1e3',
  'statuses=HACKED',
  'orderBy=user_id',
  'authConfigIds=a%00',
];

/** Requests by Ada that must all be refused: foreign ids and pages, open redirects, invalid bodies and queries. */
export function attacks(own: string, foreign: string): (() => Request)[] {
  const ids = [foreign, `${own},${foreign}`, `..%2F${foreign}`, `${foreign}%00`, 'ca_unknown', '__proto__'];
  const onForeignIds = ids.flatMap((id) => [
    () => createRequest('GET', `/connected-accounts/${id}`),
    () => createRequest('PATCH', `/connected-accounts/${id}`, { body: { alias: 'mine' } }),
    () => createRequest('PATCH', `/connected-accounts/${id}`, { body: { enabled: false } }),
    () => createRequest('POST', `/connected-accounts/${id}/refresh`, { body: {} }),
    () => createRequest('DELETE', `/connected-accounts/${id}`),
  ]);
  const fromForeignPages = WRITES(own).flatMap(([method, path, body]) =>
    FOREIGN_SOURCES.map((headers) => () => createRequest(method, path, { body, ...(headers && { headers }) })),
  );
  const asPlainText = WRITES(own)
    .filter(([, , body]) => body !== undefined)
    .map(
      ([method, path, body]) =>
        () =>
          createRequest(method, path, { body, headers: { 'content-type': 'text/plain' } }),
    );
  const link = '/connected-accounts/link';
  return [
    ...onForeignIds,
    ...fromForeignPages,
    ...asPlainText,
    ...CALLBACKS.map(
      (callbackUrl) => () => createRequest('POST', link, { body: { authConfigId: 'ac_github', callbackUrl } }),
    ),
    ...BODIES.map((body) => () => createRequest('POST', link, { body })),
    ...QUERIES.map((query) => () => createRequest('GET', `/connected-accounts?${query}`)),
    () => createRequest('GET', '/connected-accounts', { as: null }),
    () => createRequest('POST', '/callback', { body: { state: 'forged', connectedAccountId: foreign } }),
  ];
}
