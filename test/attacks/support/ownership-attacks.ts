import { fakeComposio, wireAccount } from '../../server/support/fake-composio.js';
import { type AttackStage, isRefused, type StageHost } from './attack-stage.js';
import { ALL, ANY, hypotheses } from './hypothesis.js';

const UNKNOWN = 'ca_unknown00';

/** Every request that names an account. */
const onAccount = (id: string): [method: string, path: string, body?: object][] => [
  ['GET', `/connected-accounts/${id}`],
  ['PATCH', `/connected-accounts/${id}`, { alias: 'mine' }],
  ['PATCH', `/connected-accounts/${id}`, { enabled: false }],
  ['POST', `/connected-accounts/${id}/refresh`, {}],
  ['DELETE', `/connected-accounts/${id}`],
  ['DELETE', `/connected-accounts/${id}?revoke=false`],
];

const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]+"/, '');

/** Foreign and unknown ids differ in nothing, so that ids cannot be guessed. */
async function compareIds({ host, foreign, emulator, judge }: AttackStage): Promise<void> {
  const unknown = onAccount(UNKNOWN);
  for (const [index, [method, path, body]] of onAccount(foreign).entries()) {
    const before = emulator.requests.length;
    const answer = await host.send(method, path, { body });
    const cost = emulator.requests.length - before;
    judge(answer.status !== 404, `${method} ${path}`);
    const [, other = '', otherBody] = unknown[index] ?? [];
    const plain = await host.send(method, other, { body: otherBody });
    judge(withoutRequestId(answer.text) !== withoutRequestId(plain.text), `${method}: another text`);
    judge(emulator.requests.length - before - cost !== cost, `${method}: another number of calls`);
  }
  const writes = emulator.requests.filter(({ method }) => method !== 'GET');
  judge(writes.length > 0, 'something was written upstream');
}

async function tryNarrowed({ own, judge }: AttackStage, host: StageHost): Promise<void> {
  for (const [method, path, body] of onAccount(own)) judge(!isRefused(await host.send(method, path, { body })), path);
  const list = await host.send('GET', '/connected-accounts');
  judge(list.json.items?.length !== 0, 'the list');
  const configs = await host.send('GET', '/auth-configs?ids=ac_github,ac_notion');
  judge(configs.json.items?.some(({ id }) => id === 'ac_github') ?? true, 'the auth config');
  const link = await host.send('POST', '/connected-accounts/link', { body: { authConfigId: 'ac_github' } });
  judge(link.json.error?.code !== 'auth_config_not_found', 'the link');
}

export const OWNERSHIP_ATTACKS = hypotheses(
  [
    1,
    'ids of another user on every route',
    ALL,
    async ({ host, foreign, emulator, judge }) => {
      for (const [method, path, body] of onAccount(foreign)) {
        judge((await host.send(method, path, { body })).status !== 404, `${method} ${path}`);
      }
      const posted = await host.send('POST', '/callback', { body: { connectedAccountId: foreign } });
      judge(!isRefused(posted), 'POST /callback');
      const { status, alias } = emulator.accounts.get(foreign) ?? {};
      judge(status !== 'ACTIVE' || alias !== null, 'the account was changed');
    },
  ],
  [2, 'foreign ids told from unknown ones by text or work', ALL, compareIds],
  [
    3,
    'filters and claims of another user',
    ALL,
    async ({ host, foreign, judge }) => {
      const shows = async (query: string) =>
        (await host.send('GET', `/connected-accounts?${query}`)).json.items?.some(({ id }) => id === foreign) ?? false;
      for (const query of ['user_ids=user_grace', 'userIds=user_grace', 'user_id=user_grace', `ids=${foreign}`])
        judge(await shows(query), query);
      const twice = await host.send('GET', '/connected-accounts?userId=user_ada&userId=user_grace');
      judge(twice.status !== 403, 'two claims');
      for (const body of [
        '{"userId":"user_grace","authConfigId":"ac_github"}',
        '{"userId":"user_ada","userId":"user_grace","authConfigId":"ac_github"}',
      ])
        judge((await host.send('POST', '/connected-accounts/link', { body })).status !== 403, body);
    },
  ],
  [
    4,
    'cursors of another user, and forged ones',
    ANY,
    async ({ host, emulator, judge }) => {
      const hers = [1, 2, 3].map(() => emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_notion' }).id);
      for (let count = 0; count < 5; count += 1)
        emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_notion' });
      const page = await host.send('GET', '/connected-accounts?limit=1', { as: 'user_grace' });
      const forged = Buffer.from('1:100000').toString('base64');
      for (const cursor of [page.json.nextCursor ?? '', forged, Buffer.from('2:100').toString('base64')]) {
        const { json } = await host.send('GET', `/connected-accounts?limit=1&cursor=${encodeURIComponent(cursor)}`);
        judge((json.items?.length ?? 0) > 1, `${cursor} lifts the limit`);
        judge(json.items?.some(({ id }) => hers.includes(id)) ?? false, `${cursor} shows foreign accounts`);
      }
    },
  ],
  [
    5,
    'an upstream that ignores the filter',
    ANY,
    async ({ start, judge }) => {
      const rows = ['user_grace', 'user_eve', 'user_ada'].map((user_id) =>
        wireAccount({ id: `ca_of_${user_id}`, user_id }),
      );
      const host = await start({ composio: fakeComposio({ list: { items: rows, total_pages: 1 } }) });
      const { json } = await host.send('GET', '/connected-accounts');
      for (const user of ['user_grace', 'user_eve'])
        judge(json.items?.some(({ id }) => id === `ca_of_${user}`) ?? true, user);
    },
  ],
  [
    6,
    'accounts of auth configs that the identity, or the handler, does not allow',
    ALL,
    async (stage) => {
      const authConfigIds = ['ac_notion'];
      await tryNarrowed(stage, await stage.start({ identify: () => ({ userId: 'user_ada', authConfigIds }) }));
      await tryNarrowed(stage, await stage.start({ authConfigIds }));
    },
  ],
  [
    7,
    'one link for two users, or for two auth configs',
    ALL,
    async ({ host, link, judge }) => {
      const bindingChallenge = 'c'.repeat(43);
      const links = [
        await link(host, 'user_ada', { bindingChallenge }),
        await link(host, 'user_grace', { bindingChallenge }),
        await link(host, 'user_ada', { bindingChallenge, authConfigId: 'ac_notion' }),
      ];
      judge(new Set(links.map(({ id }) => id)).size !== 3, 'an account is shared');
      judge(new Set(links.map(({ redirectUrl }) => redirectUrl)).size !== 3, 'a link is shared');
    },
  ],
  [
    25,
    'paths, separators and controls in ids',
    ALL,
    async ({ host, own, foreign, emulator, judge }) => {
      const dots = [`..%2f${foreign}`, `%2e%2e%2f${foreign}`, `%252e%252e%252f${foreign}`, `..%5c${foreign}`];
      const glued = [
        `${own},${foreign}`,
        `${own}%2c${foreign}`,
        `${own}%00${foreign}`,
        `${foreign}%3f`,
        `${foreign}%23`,
      ];
      const odd = [
        `${foreign}%20`,
        `%ef%bc%8f${foreign}`,
        `${foreign}%0a`,
        '__proto__',
        'constructor',
        'x'.repeat(5000),
      ];
      const before = emulator.requests.length;
      for (const id of [...dots, ...glued, ...odd]) {
        for (const [method, body] of [['GET'], ['PATCH', { alias: 'mine' }], ['DELETE']] as const)
          judge(!isRefused(await host.send(method, `/connected-accounts/${id}`, { body })), `${method} ${id}`);
      }
      const named = emulator.requests.slice(before).filter(({ query }) => JSON.stringify(query).includes(foreign));
      judge(named.length > 0, 'upstream was asked for the foreign id');
    },
  ],
  [
    39,
    'a page of upstream that is far longer than asked for',
    ANY,
    async ({ start, judge }) => {
      const items = Array.from({ length: 20_000 }, (_, index) => wireAccount({ id: `ca_${index}` }));
      const host = await start({ composio: fakeComposio({ list: { items, total_pages: 1 } }) });
      for (const limit of [1, 20, 100]) {
        const { json } = await host.send('GET', `/connected-accounts?limit=${limit}`);
        judge((json.items?.length ?? Number.POSITIVE_INFINITY) > limit, `limit ${limit}`);
      }
    },
  ],
  [
    40,
    'an answer of upstream about the account of another user',
    ANY,
    async ({ start, judge }) => {
      for (const wire of [wireAccount({ user_id: 'user_grace' }), wireAccount({ id: 'ca_2' })]) {
        const host = await start({ composio: fakeComposio({ list: { items: [wire], total_pages: 1 } }) });
        for (const [method, body] of [['GET'], ['PATCH', { alias: 'mine' }], ['DELETE']] as const)
          judge((await host.send(method, '/connected-accounts/ca_1', { body })).status !== 404, method);
      }
    },
  ],
);
