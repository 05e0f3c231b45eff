import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { type ConnectedAccount, HttpConnectionClient } from '../../src/core.js';
import { connectSuite } from '../support/connect-suite.js';
import { authorize } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

/** The origin of the site in the examples. */
const SITE = 'https://app.example.com';
const FOLDER = '.build/readme';

const PAGE = 'demo/docs/without-the-element.md';
const examples = [...readFileSync(PAGE, 'utf8').matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

/** The names that the examples leave to their reader. Each example uses those that it needs. */
type Surroundings = Readonly<Record<string, unknown>>;

/** Runs the example that contains a text, verbatim, as a module of a package that depends on this one. Returns what it declares. */
async function runExample(
  text: string,
  origin: string,
  surroundings: Surroundings,
  declares: readonly string[],
): Promise<Surroundings> {
  const code = examples.find((example) => example.includes(text));
  assert.ok(code, `${PAGE} has an example with ${text}`);
  mkdirSync(FOLDER, { recursive: true });
  const names = Object.keys(surroundings);
  const file = `${FOLDER}/example-${examples.indexOf(code)}.mjs`;
  writeFileSync(
    file,
    `const { ${names.join(', ')} } = globalThis.surroundings;\n${code.replaceAll(SITE, origin)}\nexport { ${declares.join(', ')} };\n`,
  );
  Object.assign(globalThis, { surroundings });
  return import(`${pathToFileURL(file).href}?${Date.now()}`);
}

describe('the examples without an element', () => {
  const suite = connectSuite();
  const { fetch } = globalThis;

  before(() => {
    // The examples run on a page of the host, on which `user_123` is signed in; the emulator is in this process too.
    globalThis.fetch = (input, init) => {
      if (!String(input).startsWith(suite.host.origin)) return fetch(input, init);
      const headers = new Headers(init?.headers);
      headers.set('Cookie', 'session=user_123');
      headers.set('Origin', suite.host.origin);
      return fetch(input, { ...init, headers });
    };
  });
  after(() => {
    globalThis.fetch = fetch;
    Reflect.deleteProperty(globalThis, 'surroundings');
  });

  const run = (text: string, surroundings: Surroundings, ...declares: readonly string[]): Promise<Surroundings> =>
    runExample(text, suite.host.origin, surroundings, declares);
  const createClient = () => new HttpConnectionClient({ endpoint: `${suite.host.origin}/api/connect` });
  /** Follows a link in the browser of the signed-in user, whose page has stored these items. */
  const finish = async (link: string, stored: Readonly<Record<string, string>> = {}): Promise<void> => {
    const window = await suite.profile.open(suite.host.page('', 'user_123'));
    await window.read((items) => void Object.assign(localStorage, items), stored);
    await window.goto(link);
    await authorize(window);
  };
  const calls = () => suite.host.requests.map(({ method, path }) => `${method} ${path.replace(/ca_\w+/, ':id')}`);

  it('the example of the client calls every method', async () => {
    const { account, nextCursor, authConfig } = await run(
      'client.initiate(',
      {
        fetchToken: () => 'unused',
        signal: new AbortController().signal,
        typedKey: 'fc-1',
        showLink: (link: string) => finish(link),
      },
      'account',
      'nextCursor',
      'authConfig',
    );
    assert.equal((account as ConnectedAccount).alias, 'work');
    assert.deepEqual([nextCursor, (authConfig as { id: string }).id], [null, 'ac_github']);
    assert.deepEqual(
      suite.host.emulator.accounts.all().map(({ authConfigId, status }) => [authConfigId, status]),
      [['ac_firecrawl', 'ACTIVE']],
    );
    for (const call of ['POST /api/connect/connected-accounts/link', 'DELETE /api/connect/connected-accounts/:id']) {
      assert.ok(calls().includes(call), call);
    }
  });

  it('the example of the accounts store replaces an old account with a new one', async () => {
    const github = { userId: 'user_123', authConfigId: 'ac_github' } as const;
    const old = suite.host.emulator.accounts.add({ ...github, status: 'EXPIRED', displayName: 'octocat', age: 60_000 });
    const { id } = suite.host.emulator.accounts.add({ ...github, displayName: 'octocat' });
    const client = createClient();
    const drawn: unknown[] = [];
    const draw = (change: unknown) => void drawn.push(change);
    await run('new AccountsStore(', { client, account: await client.get(id), draw }, 'store');
    assert.equal(suite.host.emulator.accounts.get(old.id), undefined);
    assert.equal(suite.host.emulator.accounts.get(id)?.alias, 'work');
    assert.ok(drawn.length >= 4);
  });

  it('the example of the flow connects an account', async () => {
    const [opened, phases]: [string[], string[]] = [[], []];
    const [button, stored] = [new EventTarget(), {} as Record<string, string>];
    const location = { replace: (url: string) => opened.push(url) };
    const ended = new Promise<{ status?: string }>((log) => {
      void run('new ConnectFlow(', {
        client: createClient(),
        location: { origin: suite.host.origin },
        localStorage: { setItem: (name: string, value: string) => Object.assign(stored, { [name]: value }) },
        console: { log },
        draw: ({ phase }: { phase: string }) => void phases.push(phase),
        open: () => ({ closed: false, opener: null, location, focus() {}, close() {} }),
        button,
      });
    });
    await waitUntil(async () => phases.at(-1) === 'ready', 'it is ready');
    button.dispatchEvent(new Event('click'));
    await finish(await waitUntil(async () => opened[0], 'the link in the window'), stored);
    assert.equal((await ended).status, 'connected');
    assert.equal(phases.at(-1), 'connected');
  });
});
