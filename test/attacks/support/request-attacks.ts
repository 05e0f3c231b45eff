import { once } from 'node:events';
import { createConnection } from 'node:net';
import { type AttackStage, isRefused, type StageRequest } from './attack-stage.js';
import { ALL, ANY, hypotheses } from './hypothesis.js';

const EVIL = 'https://evil.example';

/** State changes that are allowed to a page of the app. */
const writesOn = (own: string): [method: string, path: string, body?: object][] => [
  ['POST', '/connected-accounts/link', { authConfigId: 'ac_github' }],
  ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'key' } }],
  ['PATCH', `/connected-accounts/${own}`, { alias: 'mine' }],
  ['PATCH', `/connected-accounts/${own}`, { enabled: false }],
  ['POST', `/connected-accounts/${own}/refresh`, {}],
  ['DELETE', `/connected-accounts/${own}`],
  ['POST', '/callback', { state: 'forged' }],
];

/** What browsers send for pages that are not the app's. */
const FOREIGN_PAGES: Readonly<Record<string, NonNullable<StageRequest['headers']>>> = {
  'another site': { origin: EVIL, 'sec-fetch-site': 'cross-site' },
  'another site that claims to be the same': { origin: EVIL, 'sec-fetch-site': 'same-origin' },
  'another port': { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' },
  'a sandboxed frame': { origin: 'null', 'sec-fetch-site': 'cross-site' },
  'a navigation by hand': { origin: undefined, 'sec-fetch-site': 'none' },
  'no browser': { origin: undefined, 'sec-fetch-site': undefined },
  'another host': { origin: EVIL, 'sec-fetch-site': undefined, 'x-forwarded-host': 'evil.example' },
};

async function sendFromElsewhere({ host, own, emulator, judge }: AttackStage): Promise<void> {
  for (const [name, headers] of Object.entries(FOREIGN_PAGES)) {
    for (const [method, path, body] of writesOn(own)) {
      const { status, json } = await host.send(method, path, { body, headers });
      judge(status !== 403 || json.error?.code !== 'csrf_rejected', `${name}: ${method} ${path}`);
    }
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json', '']) {
    const headers = { 'content-type': type };
    for (const [method, path, body] of writesOn(own).filter(([, , body]) => body !== undefined))
      judge(!isRefused(await host.send(method, path, { body, headers })), `a body of type ${type}: ${path}`);
  }
  judge(emulator.requests.length > 0, 'upstream was asked');
}

const BODIES = [
  '{',
  '[]',
  'null',
  '"text"',
  '\ufeff{"authConfigId":"ac_github"',
  '{"authConfigId":1e999}',
  '{"authConfigId":["ac_github"]}',
  '{"authConfigId":"ac_github,ac_zendesk"}',
  `{"authConfigId":"ac_github","alias":"${'x'.repeat(70_000)}"}`,
  `${'['.repeat(32_000)}${']'.repeat(32_000)}`,
  `{"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
  `{${Array.from({ length: 6000 }, (_, index) => `"k${index}":1`).join(',')}}`,
];

const POLLUTING = [
  '{"__proto__":{"admin":true},"authConfigId":"ac_github"}',
  '{"constructor":{"prototype":{"admin":true}},"authConfigId":"ac_github"}',
  '{"authConfigId":"ac_github","connectionData":{"__proto__":"x"}}',
  '{"authConfigId":"ac_github","connectionData":{"callback_url":"https://evil.example"}}',
];

/** Opens connections that announce a body and never send it. */
async function openHalf(port: number, count: number, path: string) {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{`;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = createConnection({ port, host: 'localhost' });
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(head);
      return socket;
    }),
  );
}

async function holdHalfOpen({ host, judge, emulator }: AttackStage): Promise<void> {
  const port = Number(new URL(host.origin).port);
  for (const path of ['/api/connect/nowhere', '/api/connect/connected-accounts/link']) {
    const before = process.memoryUsage().arrayBuffers;
    const sockets = await openHalf(port, 200, path);
    const { status } = await host.send('GET', '/callback');
    judge(status !== 200, `${path}: others are not served`);
    // 64 KB each would be 13 MB.
    judge(process.memoryUsage().arrayBuffers - before > 5_000_000, `${path}: memory is held`);
    for (const socket of sockets) socket.destroy();
  }
  judge(emulator.requests.length > 0, 'upstream was asked');
}

/** Requests whose bytes a strict client would not send. */
function rawRequests(origin: string, foreign: string): Record<string, string> {
  const { host } = new URL(origin);
  const path = '/api/connect/connected-accounts/link';
  const own = [`Host: ${host}`, `Origin: ${origin}`, 'x-test-user: user_ada', 'Content-Type: application/json'];
  const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
  const inner = lines(`DELETE /api/connect/connected-accounts/${foreign} HTTP/1.1`, ...own, 'Connection: close', '');
  return {
    'two lengths of a body':
      lines(
        `POST ${path} HTTP/1.1`,
        ...own,
        'Transfer-Encoding: chunked',
        `Content-Length: ${inner.length}`,
        '',
        '0',
        '',
      ) + inner,
    'a request behind a body that is too large':
      lines(`POST ${path} HTTP/1.1`, ...own, 'Content-Length: 70000', '') + inner,
    'a request behind one that was refused':
      lines(
        `POST ${path} HTTP/1.1`,
        `Host: ${host}`,
        `Origin: ${EVIL}`,
        `Content-Length: ${inner.length}`,
        'Connection: close',
        '',
      ) + inner,
  };
}

async function smuggle({ host, foreign, emulator, judge }: AttackStage): Promise<void> {
  for (const [name, bytes] of Object.entries(rawRequests(host.origin, foreign))) {
    const received = await host.write(bytes);
    judge(/^HTTP\/1\.1 2/m.test(received), name);
    judge(emulator.accounts.get(foreign) === undefined, `${name}: the account is gone`);
  }
}

/** Request targets and hosts with which a filter of paths in front would be passed by. */
async function rewriteTargets({ host, own, judge }: AttackStage): Promise<void> {
  const { host: name, port } = new URL(host.origin);
  const account = `/api/connect/connected-accounts/${own}`;
  const rest = 'x-test-user: user_ada\r\nConnection: close\r\n\r\n';
  const shows = async (start: string) => (await host.write(`${start}\r\n${rest}`)).includes('"ACTIVE"');
  judge(await shows(`GET /public HTTP/1.1\r\nHost: localhost:${port}${account}?x=`), 'a path in Host');
  judge(await shows(`GET /public HTTP/1.1\r\nHost: ${name}#${account}`), 'a fragment in Host');
  judge(await shows(`GET /public HTTP/1.1\r\nHost: user@${name}`), 'a user in Host');
  judge(await shows(`GET ${account} HTTP/1.1`), 'no Host');
  judge(await shows(`GET /public${account} HTTP/1.1\r\nHost: `), 'an empty Host');
  judge(!(await shows(`GET http://${name}${account} HTTP/1.1\r\nHost: ${name}`)), 'a whole URL is not served');
}

export const REQUEST_ATTACKS = hypotheses(
  [21, 'changes sent by pages of other origins, and as other types', ALL, sendFromElsewhere],
  [
    22,
    'two Origin and two Sec-Fetch-Site headers',
    ANY,
    async ({ host, own, judge }) => {
      const doubled = [
        { origin: [host.origin, EVIL] },
        { origin: [EVIL, host.origin] },
        { 'sec-fetch-site': ['same-origin', 'cross-site'] },
        { 'sec-fetch-site': ['cross-site', 'same-origin'] },
      ];
      for (const headers of doubled)
        for (const [method, path, body] of writesOn(own).slice(0, -1))
          judge(!isRefused(await host.send(method, path, { body, headers })), `${JSON.stringify(headers)} ${path}`);
    },
  ],
  [
    23,
    'pages of other sites that read by the cookie of the user, and spend upstream calls',
    ANY,
    async ({ host, judge, emulator }) => {
      const headers = { origin: EVIL, 'sec-fetch-site': 'cross-site' };
      for (let count = 0; count < 150; count += 1) {
        const answer = await host.send('GET', '/connected-accounts', { headers });
        judge(answer.headers['access-control-allow-origin'] !== undefined, 'the page may read it');
      }
      judge(emulator.requests.length > 125, `${emulator.requests.length} calls upstream`);
    },
  ],
  [
    24,
    'origins that CORS reflects',
    ANY,
    async ({ start, judge }) => {
      const host = await start({ allowedOrigins: ['https://partner.example'] });
      for (const origin of [
        EVIL,
        'null',
        'https://partner.example.evil.example',
        'https://PARTNER.example',
        'file://',
      ]) {
        const asked = { origin, 'access-control-request-method': 'DELETE' };
        const preflight = await host.send('OPTIONS', '/connected-accounts/ca_1', { headers: asked });
        judge(preflight.status < 400, `a preflight from ${origin}`);
        for (const path of ['/connected-accounts', '/nowhere']) {
          const { headers } = await host.send('GET', path, { headers: { origin } });
          judge(headers['access-control-allow-origin'] !== undefined, `${path} is read by ${origin}`);
          judge(!/origin/i.test(headers.vary ?? ''), `${path} without Vary`);
        }
      }
    },
  ],
  [
    26,
    'other methods, and headers that override the method',
    ALL,
    async ({ host, own, emulator, judge }) => {
      const path = `/connected-accounts/${own}`;
      for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override'])
        await host.send('GET', `${path}?_method=DELETE`, { headers: { [name]: 'DELETE' } });
      judge(emulator.accounts.get(own) === undefined, 'a read has deleted');
      for (const method of ['PUT', 'TRACE', 'POST', 'OPTIONS', 'PROPFIND'])
        judge(!isRefused(await host.send(method, path)), method);
      const head = await host.send('HEAD', path);
      judge(head.text !== '', 'a HEAD with a body');
    },
  ],
  [27, 'requests inside of bodies, and behind refused ones', ANY, smuggle],
  [28, 'Host headers and targets that rewrite the route', ANY, rewriteTargets],
  [
    30,
    'bodies that are too large, deep, wide or malformed',
    ALL,
    async ({ host, emulator, judge }) => {
      for (const body of BODIES)
        judge(!isRefused(await host.send('POST', '/connected-accounts/link', { body })), body.slice(0, 40));
      judge(emulator.requests.length > 0, 'upstream was asked');
    },
  ],
  [31, 'half-open POSTs that hold memory', ANY, holdHalfOpen],
  [
    32,
    'prototype keys and undeclared fields in bodies',
    ALL,
    async ({ host, judge }) => {
      for (const body of POLLUTING) {
        judge(!isRefused(await host.send('POST', '/connected-accounts/link', { body })), body);
        judge('admin' in {}, 'the prototype of all objects was changed');
      }
    },
  ],
  [
    41,
    'line breaks in names that could become headers',
    ANY,
    async ({ host, own, judge }) => {
      for (const alias of ['a\r\nSet-Cookie: x=1', 'a\nb', 'a\u0000', '\u007f', '\u0085', 'x'.repeat(300)]) {
        judge(!isRefused(await host.send('PATCH', `/connected-accounts/${own}`, { body: { alias } })), alias);
        const body = { authConfigId: 'ac_github', allowMultiple: true, alias };
        judge(!isRefused(await host.send('POST', '/connected-accounts/link', { body })), `a link: ${alias}`);
      }
    },
  ],
  [
    52,
    'markup and scripts in the address of the callback page',
    ALL,
    async ({ host, emulator, judge }) => {
      for (const text of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "';alert(1)//", '{{7*7}}']) {
        for (const name of ['state', 'status', 'error', 'session_uri']) {
          const { text: html, headers } = await host.send('GET', `/callback?${name}=${encodeURIComponent(text)}`);
          judge(html.includes(text) || html.includes(encodeURIComponent(text)), `${name} is in the page`);
          const policy = String(headers['content-security-policy']);
          judge(!policy.includes("default-src 'none'") || policy.includes('unsafe'), 'the policy');
          judge(headers['cross-origin-opener-policy'] !== undefined, 'an opener policy');
        }
      }
      judge(emulator.requests.length > 0, 'a GET has changed something');
    },
  ],
);
