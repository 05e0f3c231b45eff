import { request as httpRequest } from 'node:http';
import type { AttackStage, StageHost } from './attack-stage.js';
import { ALL, ANY, hypotheses } from './hypothesis.js';

const BUDGET = 120;

async function spend({ host, own, emulator, judge }: AttackStage): Promise<void> {
  const ids = Array.from({ length: 50 }, (_, index) => `ac_unknown${index}`).join(',');
  const requests: [method: string, path: string, body?: object][] = [
    ['GET', `/auth-configs?ids=${ids}`],
    ['GET', '/connected-accounts'],
    ['GET', `/connected-accounts/${own}`],
    ['PATCH', `/connected-accounts/${own}`, { alias: '' }],
    ['POST', '/connected-accounts/link', { authConfigId: 'ac_github' }],
    ['POST', '/connected-accounts', { authConfigId: 'ac_firecrawl', credentials: { generic_api_key: 'key' } }],
  ];
  const all = Array.from({ length: 60 }, () => requests).flat();
  const answers = await Promise.all(all.map(([method, path, body]) => host.send(method, path, { body })));
  for (const { status } of answers) judge(status >= 500, `status ${status}`);
  // Auth configs are read once for all users, and each of the 50 counts as little as all.
  judge(
    emulator.requests.length > BUDGET + 60,
    `${emulator.requests.length} calls upstream for ${all.length} requests`,
  );
  const { status } = await host.send('GET', '/connected-accounts', { as: 'user_grace' });
  judge(status !== 200, 'another user is refused too');
}

/** More users than any cache should keep, each of whom asks once. */
async function comeAsMany({ host, judge, emulator }: AttackStage): Promise<void> {
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  process.on('unhandledRejection', note);
  try {
    const before = process.memoryUsage().heapUsed;
    for (let user = 0; user < 3000; user += 50) {
      const looks = Array.from({ length: 50 }, (_, index) =>
        host.send('GET', `/connected-accounts/ca_unknown${user + index}`, { as: `user_${user + index}` }),
      );
      for (const { status } of await Promise.all(looks)) judge(status !== 404, `status ${status}`);
    }
    const grown = (process.memoryUsage().heapUsed - before) / 3000;
    judge(grown > 50_000, `${grown} bytes for each user`);
  } finally {
    process.off('unhandledRejection', note);
  }
  judge(rejections.length > 0, 'an unhandled rejection');
  judge(emulator.requests.length > 3000 + 10, 'more than one call for each look');
}

async function inTurn<Item, Result>(
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [index, item] of items.entries()) results.push(await run(item, index));
  return results;
}

async function hoardLinks(stage: AttackStage): Promise<void> {
  const host = await stage.start({ linksPerMinute: 1000, upstreamCallsPerMinute: 10_000 });
  // Without a binding, browsers share a link, but not under another name.
  for (let count = 0; count < 40; count += 1) await stage.link(host, 'user_ada', { alias: `n${count}` });
  const unfinished = stage.emulator.accounts
    .all()
    .filter(({ userId, status }) => userId === 'user_ada' && status === 'INITIATED');
  stage.judge(unfinished.length > 20, `${unfinished.length} unfinished links`);
}

/** Sends a read and hangs up at once. */
function hangUp({ origin }: StageHost, path: string, userId: string): void {
  const outgoing = httpRequest(`${origin}/api/connect${path}`, { headers: { 'x-test-user': userId } });
  outgoing.on('error', () => {});
  outgoing.end();
  setTimeout(() => outgoing.destroy(), 30);
}

async function spoilReads({ host, link, emulator, judge }: AttackStage): Promise<void> {
  const users = ['user_ada', 'user_grace', 'user_eve', 'user_bob'];
  const links = await inTurn(users, (user) => link(host, user));
  const read = (index: number) =>
    host.send('GET', `/connected-accounts/${links[index]?.id}`, { as: users[index] ?? '' });
  emulator.knobs.latency = { 'accounts.list': 100 };
  for (let round = 0; round < 3; round += 1) {
    hangUp(host, `/connected-accounts/${links[0]?.id}`, 'user_ada');
    for (const answer of await Promise.all([1, 2, 3].map(read)))
      judge(answer.status !== 200, 'after a client that left');
  }
  // Upstream takes two ids, as if one of the four were odd.
  emulator.knobs.maxIdsInFilter = 2;
  for (const answer of await Promise.all([0, 1, 2, 3].map(read))) judge(answer.status !== 200, 'in a refused batch');
}

async function starveOthers({ start, link, emulator, judge }: AttackStage): Promise<void> {
  const host = await start({ linksPerMinute: 1000, upstreamCallsPerMinute: 10_000 });
  const patient = await link(host, 'user_grace');
  const hoard = await inTurn(Array.from({ length: 20 }), (_, index) => link(host, 'user_ada', { alias: `n${index}` }));
  emulator.knobs.latency = { 'accounts.list': 50 };
  const startedAt = performance.now();
  const flood = Array.from({ length: 600 }, (_, index) =>
    host.send('GET', `/connected-accounts/${hoard[index % hoard.length]?.id}`),
  );
  const flooded = Promise.all(flood).then(() => performance.now() - startedAt);
  const looks = await inTurn([1, 2, 3], () =>
    host.send('GET', `/connected-accounts/${patient.id}`, { as: 'user_grace' }),
  );
  const waited = performance.now() - startedAt;
  for (const { status } of looks) judge(status !== 200, `status ${status}`);
  // The process needs its time for 600 requests, and each look may wait for its turn.
  judge(waited > (await flooded) + 3000, `three looks took ${waited} ms`);
}

async function failUpstream({ host, own, emulator, judge }: AttackStage): Promise<void> {
  for (const kind of ['rate_limited', 'server_error', 'conflict', 'forbidden', 'html', 'truncated', 'reset'] as const) {
    for (const [method, path, body] of [
      ['GET', '/connected-accounts'],
      ['PATCH', `/connected-accounts/${own}`, { alias: 'mine' }],
      ['POST', '/connected-accounts/link', { authConfigId: 'ac_github', allowMultiple: true }],
    ] as const) {
      emulator.knobs.failures = [{ route: '*', kind }];
      const { status, json, text } = await host.send(method, path, { body });
      emulator.knobs.failures = [];
      judge(status < 409 || json.error === undefined, `${kind}: ${method} is ${status}`);
      judge(/<html|Bad Request|stack|at \w+ \(/i.test(text), `${kind}: upstream is quoted`);
    }
  }
}

export const COST_ATTACKS = hypotheses(
  [33, 'requests of one user that spend the rate limit of the organisation', ANY, spend],
  [34, 'as many users as memory holds', ANY, comeAsMany],
  [35, 'links that nobody finishes', ALL, hoardLinks],
  [36, 'clients that leave, and batches that upstream refuses, beside others who wait', ALL, spoilReads],
  [37, 'a flood of status reads beside somebody who waits', ALL, starveOthers],
  [38, 'an upstream that fails in seven ways', ALL, failUpstream],
  [
    61,
    'requests beyond the limit of links',
    ALL,
    async ({ host, emulator, judge }) => {
      const ask = (index: number) =>
        host.send('POST', '/connected-accounts/link', {
          body: { authConfigId: 'ac_github', allowMultiple: true, alias: `n${index}` },
        });
      for (let index = 0; index < 30; index += 1) await ask(index);
      const before = emulator.requests.length;
      for (let index = 30; index < 130; index += 1) judge((await ask(index)).status !== 429, `link ${index}`);
      judge(emulator.requests.length > before, 'a refused request has asked upstream');
    },
  ],
);
