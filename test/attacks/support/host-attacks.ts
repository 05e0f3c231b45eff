import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  type ConnectHandlerOptions,
  type ConnectStore,
  createSessionToken,
  createWebhookHandler,
  identifyBySessionToken,
} from '../../../src/server.js';
import { type AttackStage, isRefused, STAGE_SECRET } from './attack-stage.js';
import { ALL, ANY, hypotheses } from './hypothesis.js';

const KIND = 'connect-account-session+jwt';
const KEY = new TextEncoder().encode(STAGE_SECRET);
const now = () => Math.floor(Date.now() / 1000);

const sign = (claims: object, header: object = {}, key = KEY) =>
  new SignJWT({ sub: 'user_ada', iat: now(), exp: now() + 600, ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: KIND, ...header })
    .sign(key);

async function forgedTokens(): Promise<Record<string, string>> {
  const [head, claims] = (await sign({})).split('.');
  const none = Buffer.from(`{"alg":"none","typ":"${KIND}"}`).toString('base64url');
  return {
    'no algorithm': `${none}.${claims}.`,
    'an empty signature': `${head}.${claims}.`,
    'another secret': await sign({}, {}, new TextEncoder().encode('x'.repeat(32))),
    'another algorithm': await sign({}, { alg: 'HS512' }, new TextEncoder().encode(STAGE_SECRET.padEnd(64))),
    'another kind': await sign({}, { typ: 'JWT' }),
    'the kind of a state': await sign({}, { typ: 'connect-account-state+jwt' }),
    'no end': await sign({ exp: undefined }),
    'an end in the past': await sign({ exp: now() - 1 }),
    'a start in the future': await sign({ iat: now() + 120 }),
    'not yet valid': await sign({ nbf: now() + 600 }),
    'no user': await sign({ sub: undefined }),
    'a user that is no text': await sign({ sub: 7 }),
    'a shared user': await sign({ sub: 'default' }),
  };
}

async function sendTokens({ start, emulator, judge }: AttackStage): Promise<void> {
  const host = await start({ identify: identifyBySessionToken(STAGE_SECRET) });
  for (const [name, token] of Object.entries(await forgedTokens())) {
    const answer = await host.send('GET', '/connected-accounts', { headers: { authorization: `Bearer ${token}` } });
    judge(answer.status !== 401 && answer.status !== 500, name);
  }
  judge(emulator.requests.length > 0, 'upstream was asked');
}

/** Stores that fail, lie or forget. */
const STORES: Readonly<Record<string, Partial<Record<keyof ConnectStore | 'delete', unknown>>>> = {
  'throws on reading': { get: () => Promise.reject(new Error('down')) },
  'throws on writing': { set: () => Promise.reject(new Error('down')) },
  'returns text': { get: async () => '{"phase":"bound","expiresAt":9e15}' },
  'returns what nobody wrote': { get: async () => ({ phase: 'bound', expiresAt: 9e15 }) },
  'drops what is written': { set: async () => {} },
  'cannot delete': { delete: async () => {} },
};

async function breakStores({ start, emulator, judge }: AttackStage): Promise<void> {
  for (const [name, broken] of Object.entries(STORES)) {
    const values = new Map<string, unknown>();
    const works = {
      get: async (key: string) => values.get(key),
      set: async (key: string, value: unknown) => void values.set(key, value),
      delete: async (key: string) => void values.delete(key),
    };
    const host = await start({ store: { ...works, ...broken } as unknown as ConnectStore });
    const before = emulator.requests.length;
    const { status } = await host.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } });
    judge(status !== 500, `a store that ${name} makes a link`);
    judge(emulator.requests.length > before, `a store that ${name} lets upstream be asked`);
  }
}

const CANARY = 'CANARY';

/** Provokes every kind of answer while upstream holds secrets unmasked. */
async function seekSecrets(stage: AttackStage): Promise<void> {
  const { start, emulator, own, judge, link, finish, comeBack } = stage;
  emulator.knobs.maskSecrets = false;
  const val = { access_token: `${CANARY}-access`, refresh_token: `${CANARY}-refresh` };
  const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion', val });
  const seen: string[] = [];
  const host = await start({ onAudit: (event) => seen.push(JSON.stringify(event)) });
  const ask = async (method: string, path: string, body?: object) => {
    const { text, headers } = await host.send(method, path, { body });
    judge(
      [text, JSON.stringify(headers)].some((part) => holdsSecret(part, stage)),
      `${method} ${path}`,
    );
  };
  for (const path of ['/connected-accounts', `/connected-accounts/${id}`, '/auth-configs?ids=ac_github,ac_notion'])
    await ask('GET', path);
  await ask('PATCH', `/connected-accounts/${id}`, { alias: 'mine' });
  await ask('POST', `/connected-accounts/${own}/refresh`, {});
  const key = { generic_api_key: `${CANARY}-key` };
  await ask('POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: key });
  emulator.knobs.rejectedCredentials.add(`${CANARY}-bad`);
  const bad = { generic_api_key: `${CANARY}-bad` };
  await ask('POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: bad, allowMultiple: true });
  for (const kind of ['server_error', 'forbidden', 'html', 'truncated'] as const) {
    emulator.knobs.failures = [{ route: '*', kind, times: 1 }];
    await ask('GET', '/connected-accounts');
  }
  if (stage.binding === 'state') {
    const begun = await link(host);
    const address = await finish(begun);
    const at = { ...host, send: host.send };
    const answer = await comeBack(address, 'user_ada', begun.verifier, at);
    judge(answer.text.includes(begun.verifier), 'the verifier comes back');
    judge(seen.join().includes(begun.verifier), 'the verifier is in the audit log');
  }
  await ask('DELETE', `/connected-accounts/${id}`);
  judge(
    seen.some((event) => holdsSecret(event, stage)),
    'the audit log',
  );
}

function holdsSecret(text: string, { emulator }: AttackStage): boolean {
  return [CANARY, emulator.apiKey, STAGE_SECRET].some((secret) => text.includes(secret));
}

const WEBHOOK_SECRET = 'a webhook secret of the attacks';

interface Delivery {
  readonly id?: string;
  readonly age?: number;
  readonly secret?: string;
  readonly signature?: (own: string) => string;
  readonly text?: string;
}

function deliver({ id = 'msg_1', age = 0, secret = WEBHOOK_SECRET, signature, text }: Delivery = {}): Request {
  const data = { id: 'ca_1', toolkit: { slug: 'gmail' }, auth_config: { id: 'ac_gmail' }, status: 'EXPIRED' };
  const body = JSON.stringify({ id: 'evt_1', type: 'composio.connected_account.expired', data });
  const timestamp = String(now() - age);
  const own = `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature?.(own) ?? own,
    'content-type': 'application/json',
  };
  return new Request('https://app.example.com/webhooks', { method: 'POST', headers, body: text ?? body });
}

/** Options with which a handler must not be created. */
const WEAK: Readonly<Record<string, Partial<ConnectHandlerOptions>>> = {
  'no secret': { secret: '' },
  'a short secret': { secret: 'x'.repeat(31) },
  'a short secret in a list': { secret: [STAGE_SECRET, 'short'] },
  'no secret in a list': { secret: [] },
  'any origin': { origin: '*' },
  'any other origin': { allowedOrigins: ['*'] },
  'an origin with a path': { origin: 'https://app.example.com/path' },
};

export const HOST_ATTACKS = hypotheses(
  [42, 'secrets in answers, headers and audit events, with masking off', ALL, seekSecrets],
  [
    43,
    'foreign text that breaks the lines of the log',
    ANY,
    async ({ host, judge }) => {
      const { warn, error } = console;
      const lines: string[] = [];
      console.warn = console.error = (...words: unknown[]) => void lines.push(words.join(' '));
      try {
        for (const origin of ['https://\u00e9vil.example/\u009b31m', `https://${'x'.repeat(5000)}`, 'https://a\u0085b'])
          await host.send('POST', `/connected-accounts/link?${'y'.repeat(3000)}`, { headers: { origin }, body: {} });
      } finally {
        Object.assign(console, { warn, error });
      }
      for (const line of lines) judge(/[^ -~]/.test(line) || line.length > 1500, line.slice(0, 80));
      judge(lines.length !== 3, `${lines.length} lines`);
    },
  ],
  [44, 'stores that fail, lie or forget', ALL, breakStores],
  [
    45,
    'users and ids whose keys in the store could be the same',
    ALL,
    async ({ host, link, judge }) => {
      const bindingChallenge = 'c'.repeat(43);
      const pairs = [
        ['user_a', 'b:c'],
        ['user_a:b', 'c'],
        ['user_a:b:c', ''],
        ['USER_A', 'b:c'],
      ] as const;
      const links = [];
      for (const [as, alias] of pairs) links.push(await link(host, as, { bindingChallenge, ...(alias && { alias }) }));
      judge(new Set(links.map(({ id }) => id)).size !== pairs.length, 'two users share a link');
    },
  ],
  [46, 'forged session tokens of 13 kinds', ALL, sendTokens],
  [
    47,
    'a session token that lives for years',
    ANY,
    async ({ judge }) => {
      for (const expiresIn of ['100y', '2h', '61m', '0m', '-1m', 'soon'])
        judge(
          await createSessionToken({ userId: 'user_ada', expiresIn }, STAGE_SECRET).then(
            () => true,
            () => false,
          ),
          expiresIn,
        );
    },
  ],
  [
    48,
    'a session token of one origin on a page of another',
    ANY,
    async ({ start, judge }) => {
      const host = await start({
        identify: identifyBySessionToken(STAGE_SECRET),
        allowedOrigins: ['https://one.example', 'https://other.example'],
      });
      const token = await createSessionToken({ userId: 'user_ada', origin: 'https://one.example' }, STAGE_SECRET);
      const send = (origin: string) =>
        host.send('GET', '/connected-accounts', { headers: { origin, authorization: `Bearer ${token}` } });
      judge((await send('https://other.example')).status !== 401, 'the other page');
      judge((await send('https://one.example')).status !== 200, 'its own page is refused');
    },
  ],
  [
    49,
    'weak secrets and open origins',
    ALL,
    async ({ start, judge }) => {
      for (const [name, options] of Object.entries(WEAK))
        judge(
          await start(options).then(
            () => true,
            () => false,
          ),
          name,
        );
    },
  ],
  [
    50,
    'webhooks that are old, early, changed, unsigned or signed by others',
    ANY,
    async ({ judge }) => {
      const handled: unknown[] = [];
      const onExpired = (account: unknown) => void handled.push(account);
      const receive = createWebhookHandler({ secret: WEBHOOK_SECRET, store: 'memory', onExpired });
      for (const delivery of [
        { age: 600 },
        { age: -600 },
        { secret: 'another secret of somebody' },
        { text: '{"type":"composio.connected_account.expired"}' },
        { signature: () => '' },
        { signature: (own: string) => own.replace('v1,', 'v0,') },
        { signature: () => Array.from({ length: 11 }, () => 'v1,AAAA').join(' ') },
      ])
        judge((await receive(deliver(delivery))).status !== 401, JSON.stringify(delivery));
      judge(handled.length > 0, 'the host was told');
    },
  ],
  [
    51,
    'a webhook that is sent again, to two instances at once',
    ANY,
    async ({ judge }) => {
      const handled: unknown[] = [];
      const store = new Map() as unknown as ConnectStore;
      const options = { secret: WEBHOOK_SECRET, store, onExpired: (account: unknown) => void handled.push(account) };
      const instances = [createWebhookHandler(options), createWebhookHandler(options)];
      for (let round = 0; round < 20; round += 1) {
        const answers = await Promise.all(instances.map((receive) => receive(deliver())));
        for (const { status } of answers) judge(status !== 200 && status !== 503, `status ${status}`);
      }
      judge(handled.length !== 1, `handled ${handled.length} times`);
    },
  ],
  [
    60,
    'an identify that throws, or returns what is no user',
    ALL,
    async ({ start, emulator, judge }) => {
      const results: unknown[] = ['', ' ', 'default', ' default ', 'a,b', 7, {}, ['user_ada'], true];
      const throws = () => {
        throw new Error('no session');
      };
      for (const identify of [throws, ...results.map((userId) => () => ({ userId }))]) {
        const host = await start({ identify: identify as ConnectHandlerOptions['identify'] });
        for (const [method, path, body] of [
          ['GET', '/connected-accounts'],
          ['POST', '/connected-accounts/link', { authConfigId: 'ac_github' }],
          ['POST', '/callback', { state: 'forged' }],
        ] as const)
          judge((await host.send(method, path, { body })).status !== 500, `${method} ${path}`);
      }
      judge(emulator.requests.length > 0, 'upstream was asked');
    },
  ],
  [
    29,
    'a Host header that says localhost, from another machine',
    ANY,
    async ({ start, judge }) => {
      const host = await start({ origin: undefined });
      for (const name of ['evil.example', '192.0.2.2', 'localhost.evil.example', '127.0.0.1.evil.example']) {
        const answer = await host.send('GET', '/callback', { headers: { host: name } });
        judge(answer.status !== 500, name);
      }
      judge(isRefused(await host.send('GET', '/callback')), 'this machine is refused');
    },
  ],
);
