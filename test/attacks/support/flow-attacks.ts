import { createSessionToken } from '../../../src/server.js';
import { fakeComposio } from '../../server/support/fake-composio.js';
import { type AttackStage, isRefused, STAGE_SECRET, type StageHost } from './attack-stage.js';
import { ALL, ANY, BOTH, hypotheses } from './hypothesis.js';

/** Ada begins and Grace finishes. */
async function lure({ link, finish, host }: AttackStage, at: StageHost = host) {
  const begun = await link(at);
  return { ...begun, address: await finish(begun, { login: 'hubot' }) };
}

/** How the browser of the victim is when it returns: signed in, signed out, or with a verifier of her own. */
const VICTIMS = [
  ['user_grace', undefined],
  [null, undefined],
  [null, 'v'.repeat(43)],
] as const;

async function finishAndReturn(stage: AttackStage): Promise<void> {
  const { comeBack, canUse, judge, binding } = stage;
  for (const [as, verifier] of VICTIMS) {
    // With a verifier URL, nobody but her can redeem the session, and she is asked to sign in.
    if (binding === 'verifier' && as === null) continue;
    const { id, address } = await lure(stage);
    judge(!isRefused(await comeBack(address, as, verifier)), 'the report of the victim');
    judge(await canUse(id), `the victim was ${as}`);
    await comeBack(address, 'user_ada');
    judge(await canUse(id), `the owner came afterwards, the victim was ${as}`);
  }
}

/** Parts of a `state` that are not its own. */
async function forgeStates({ link, finish, emulator, comeBack, canUse, judge, host, own }: AttackStage): Promise<void> {
  const [mine, other] = [await link(), await link(host, 'user_grace')];
  const [address, foreign] = [await finish(mine), await finish(other)];
  const [head, claims, signature] = (address.searchParams.get('state') ?? '').split('.');
  const foreignState = foreign.searchParams.get('state') ?? '';
  const none = Buffer.from('{"alg":"none","typ":"connect-account-state+jwt"}').toString('base64url');
  const glued = (parts: readonly unknown[]) => parts.join('.');
  for (const state of [
    'forged',
    '',
    glued([none, claims, '']),
    glued([head, claims, '']),
    glued([head, foreignState.split('.')[1], signature]),
    glued([head, claims, foreignState.split('.')[2]]),
    glued([head, claims, signature, signature]),
    `${address.searchParams.get('state')}x`,
    await createSessionToken({ userId: 'user_ada' }, STAGE_SECRET),
  ]) {
    address.searchParams.set('state', state);
    judge(!isRefused(await comeBack(address, 'user_ada', mine.verifier)), `state ${state.slice(0, 40)}`);
  }
  address.searchParams.set('state', foreignState);
  judge(!isRefused(await comeBack(address, 'user_ada', mine.verifier)), 'the state of another link');
  judge(await canUse(mine.id), 'the account is bound');
  judge(emulator.accounts.get(own)?.status !== 'ACTIVE', 'another account was removed');
}

const SCHEMES = ['javascript:alert(1)', 'data:text/html,x', 'blob:https://app.example.com/1', 'file:///etc/passwd'];
const HOSTILE_PAGES = [
  ...SCHEMES,
  ...SCHEMES.map((url) => ` \t${url.toUpperCase()}`),
  'java\nscript:alert(1)',
  '//evil.example/',
  '\\\\evil.example',
  'https:\\\\evil.example',
  'https://ok@evil.example/',
  'https://user:password@evil.example/',
  'https://example.com/\u0000',
  'https://exa\nmple.com/',
  'https://example.com/\u0085',
  `https://example.com/${'a'.repeat(8192)}`,
  '',
  null,
  7,
  ['https://example.com/'],
];
const INSECURE_PAGES = [
  'http://example.com/',
  'http://localhost/',
  'http://127.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://localhost./',
  'http://0.0.0.0/',
  'http://app.localhost/',
];

async function openPages({ start, judge }: AttackStage, pages: readonly unknown[]): Promise<void> {
  const expires_at = new Date(Date.now() + 600_000).toISOString();
  const origin = 'https://app.example.com';
  for (const redirect_url of pages) {
    const composio = fakeComposio({ link: { connected_account_id: 'ca_1', redirect_url, expires_at } });
    const host = await start({ composio, origin });
    const headers = { origin };
    const answer = await host.send('POST', '/connected-accounts/link', {
      body: { authConfigId: 'ac_github' },
      headers,
    });
    judge(answer.status !== 502, JSON.stringify(redirect_url));
  }
}

/** Pages on which a flow may not end. */
function foreignCallbacks(origin: string): string[] {
  const page = `${origin}/api/connect/callback`;
  return [
    'https://evil.example/api/connect/callback',
    '//evil.example/api/connect/callback',
    '/\\evil.example/api/connect/callback',
    `${page}/../../open-redirect`,
    `${page}%2f..%2f..`,
    `${page}/`,
    `${origin}/api/connect/Callback`,
    `${origin}.evil.example/api/connect/callback`,
    `${origin}@evil.example/api/connect/callback`,
    page.replace('http://', 'http://user@'),
    page.replace('http:', 'https:'),
    page.replace('localhost', '127.0.0.1'),
    page.replace(/:\d+/, ':1'),
    'javascript:alert(1)',
    'data:text/html,x',
    '',
    `${page}?pad=${'x'.repeat(5000)}`,
  ];
}

export const FLOW_ATTACKS = hypotheses(
  [8, 'forged, spliced, glued and foreign states', ['state'], forgeStates],
  [
    9,
    'another user who replays a state after the honest user was bound',
    ['state'],
    async ({ link, finish, comeBack, canUse, judge }) => {
      const begun = await link();
      const address = await finish(begun);
      const { status } = await comeBack(address, 'user_ada', begun.verifier);
      judge(status !== 200, 'the honest user is not bound');
      for (const verifier of [undefined, 'v'.repeat(43)]) {
        judge(!isRefused(await comeBack(address, 'user_grace', verifier)), 'the replay');
        judge(await canUse(begun.id, 'user_grace'), 'the replaying user holds the account');
      }
    },
  ],
  [10, 'a link that the attacker begins and the victim finishes', BOTH, finishAndReturn],
  [
    11,
    'the same, and the victim closes the window half-way',
    BOTH,
    async (stage) => {
      const { id } = await lure(stage);
      for (let press = 0; press < 3; press += 1) stage.judge(await stage.canUse(id), 'the owner presses everything');
    },
  ],
  [
    12,
    'the same by a refresh of an account of the attacker, and by a second one after it',
    BOTH,
    async (stage) => {
      const { host, own, judge, comeBack, canUse, finish } = stage;
      let last = own;
      for (let round = 0; round < 2; round += 1) {
        const { json } = await host.send('POST', `/connected-accounts/${own}/refresh`, { body: {} });
        if (!json.redirectUrl || !json.id) continue;
        last = json.id;
        const address = await finish({ id: last, redirectUrl: json.redirectUrl, verifier: '' }, { login: 'hubot' });
        judge(!isRefused(await comeBack(address, 'user_grace')), 'the report of the victim');
        judge(last !== own && (await canUse(last)), 'the refreshed account');
      }
      const denied = await stage.link();
      await comeBack(await finish(denied, { allow: false }), 'user_ada', denied.verifier);
      judge(last !== own && (await canUse(last)), 'after a denied attempt');
    },
  ],
  [
    13,
    'a restart, or a second instance with another store, in between',
    BOTH,
    async (stage) => {
      const { host, start, judge, comeBack, canUse } = stage;
      for (const first of ['user_grace', 'user_ada']) {
        const { id, address } = await lure(stage);
        const restarted = await start({ origin: host.origin });
        const at = { ...restarted, send: withOrigin(restarted, host.origin) };
        if (first === 'user_ada' && stage.binding === 'state') await comeBack(address, 'user_ada', undefined, at);
        judge(!isRefused(await comeBack(address, 'user_grace', undefined, at)), 'the report of the victim');
        judge(await canUse(id, 'user_ada', at), `${first} is first at the new instance`);
      }
    },
  ],
  [
    14,
    "an account of the attacker's for the user of the victim",
    BOTH,
    async ({ link, finish, comeBack, canUse, host, judge }) => {
      const begun = await link();
      const address = await finish(begun);
      await host.send('GET', `/callback${address.search}`, { as: 'user_grace' });
      judge(!isRefused(await comeBack(address, 'user_grace')), 'the report of the victim');
      judge(await canUse(begun.id, 'user_grace'), 'the victim has the account');
    },
  ],
  [
    15,
    'a session that nobody, somebody else, or the same user again redeems',
    ['verifier'],
    async ({ host, link, finish, comeBack, judge, canUse }) => {
      const [first, second] = [await link(), await link(host, 'user_ada', { alias: 'second' })];
      const address = await finish(first);
      judge((await comeBack(address, null)).status !== 401, 'nobody is signed in');
      judge((await comeBack(address, 'user_ada')).status !== 200, 'the honest user is not bound');
      judge((await comeBack(address, 'user_ada')).status !== 400, 'it is used again');
      const other = await finish(second);
      judge((await comeBack(other, 'user_grace', second.verifier)).status !== 403, 'somebody else');
      judge(await canUse(second.id), 'the account of the second link');
    },
  ],
  [
    16,
    'another user who is signed in at the same browser',
    BOTH,
    async ({ link, finish, comeBack, canUse, judge }) => {
      const begun = await link();
      const address = await finish(begun);
      judge(!isRefused(await comeBack(address, 'user_grace', begun.verifier)), 'the report');
      for (const user of ['user_ada', 'user_grace']) judge(await canUse(begun.id, user), user);
    },
  ],
  [
    17,
    'the older link of a user who began again on another device',
    ['state'],
    async ({ link, finish, comeBack, canUse, judge }) => {
      const laptop = await link();
      const phone = await link();
      judge((await comeBack(await finish(phone), 'user_ada', phone.verifier)).status !== 200, 'the phone is refused');
      judge(!(await canUse(phone.id)), 'the phone is not connected');
      judge(await canUse(laptop.id), 'the link of the laptop');
    },
  ],
  [18, 'pages that upstream sends and that must not be opened', ANY, (stage) => openPages(stage, HOSTILE_PAGES)],
  [
    19,
    'plain http, in every spelling of this machine, for a page of https',
    ANY,
    (stage) => openPages(stage, INSECURE_PAGES),
  ],
  [
    20,
    'callback pages of another origin, and planted parameters',
    ALL,
    async ({ host, judge, link, finish, binding, emulator }) => {
      const before = emulator.requests.length;
      for (const callbackUrl of foreignCallbacks(host.origin)) {
        const body = { authConfigId: 'ac_github', callbackUrl };
        judge(!isRefused(await host.send('POST', '/connected-accounts/link', { body })), callbackUrl.slice(0, 60));
      }
      judge(emulator.requests.length > before, 'upstream was asked');
      const planted = 'state=forged&session_uri=forged&status=success&connected_account_id=ca_1';
      const callbackUrl = `${host.origin}/api/connect/callback?${planted}`;
      const { searchParams } = await finish(await link(host, 'user_ada', { callbackUrl }));
      judge([...searchParams.values()].includes('forged'), 'a planted parameter comes back');
      if (binding === 'state') judge(searchParams.getAll('state').length !== 1, 'not one state');
    },
  ],
);

/** Sends as a page of another origin than the one that the server listens on, as behind a proxy. */
function withOrigin(host: StageHost, origin: string): StageHost['send'] {
  return (method, path, request) =>
    host.send(method, path, { ...request, headers: { ...(method !== 'GET' && { origin }), ...request?.headers } });
}
