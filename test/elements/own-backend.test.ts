import { expect, waitUntil } from '@open-wc/testing';
import { HttpConnectionClient } from '../../src/core/http/http-connection-client.js';
import type { ConnectionClient } from '../../src/core/model/connection-client.js';
import { mountLoadedList } from '../support/accounts-list-harness.js';
import { mount, mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const page = (status: number) => new Response('<!doctype html><title>Not here</title>', { status });

/** Replaces `fetch` until `restore`. */
function serve(respond: (method: string, url: URL, body: unknown) => Response) {
  const { fetch } = window;
  const asked: string[] = [];
  window.fetch = (input, init) => {
    const url = new URL(String(input), location.href);
    asked.push(`${init?.method ?? 'GET'} ${url.pathname}`);
    return Promise.resolve(respond(init?.method ?? 'GET', url, JSON.parse(String(init?.body ?? 'null'))));
  };
  return {
    asked,
    restore() {
      window.fetch = fetch;
    },
  };
}

/** Returns a client with these methods of a backend in memory. */
function clientWith(...methods: readonly (keyof ConnectionClient)[]): {
  client: ConnectionClient;
  memory: MemoryClient;
} {
  const memory = new MemoryClient();
  const own = methods.map((name) => [
    name,
    (...given: never[]) => (memory[name] as (...all: never[]) => unknown)(...given),
  ]);
  return { client: Object.fromEntries(own.map(([name, call]) => [name, call])) as unknown as ConnectionClient, memory };
}

const menuOf = (root: ParentNode) =>
  [...root.querySelectorAll('[role="menuitem"]')].map((item) => item.getAttribute('data-action'));

// First, because a page hears of each mistake once.
describe('words for the page author', () => {
  usePopups();
  const warnings = useWarnings();
  let backend: ReturnType<typeof serve> | undefined;
  afterEach(() => backend?.restore());

  const failing = async (respond: () => Response | never, attributes: Readonly<Record<string, string>> = {}) => {
    backend = serve(respond);
    const one = await mount({ properties: { client: undefined }, attributes });
    const another = await mount({ properties: { client: undefined }, attributes });
    await waitUntil(() => ![one.phase, another.phase].includes('loading'), 'both', { timeout: 8000 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    return one;
  };

  it('a backend that is not mounted is said once, and a click shows calm words', async () => {
    const harness = await failing(() => page(404));
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.match(/no connect-account backend at http.*\/api\/connect.*Mount the handler/);
    harness.trigger.click();
    await harness.reaches('misconfigured');
    await harness.element.updateComplete;
    expect(harness.element.error?.message).to.match(/no connect-account backend at http.*\/api\/connect/);
    expect(harness.text('error')).to.equal(
      'This connection is not set up correctly. Please contact the site’s support team.',
    );
  });

  for (const [what, respond, words] of [
    ['the fallback of a single-page app', () => page(200), /did not return JSON.*fallback.*mount the handler/],
    [
      'an origin that the backend does not know',
      () => json({ error: { code: 'csrf_rejected', message: 'The origin is foreign.' } }, 403),
      /origin http.*createConnectHandler/,
    ],
    [
      'a user who is not signed in',
      () => json({ error: { code: 'unauthorized', message: 'Nobody is signed in.' } }, 401),
      /identify.*session cookie.*sessionToken/,
    ],
    [
      'a user-id that is not the user who is signed in',
      () => json({ error: { code: 'forbidden', message: '`userId` is not the user who is signed in.' } }, 403),
      /the attribute user-id is not the user who is signed in\..*Set user-id to the id that its `identify` returns/,
    ],
    [
      'a mistake in the backend',
      () => json({ error: { code: 'internal_error', message: 'It failed.' } }, 500),
      /It failed\. The backend is .*\. Its log says why\./,
    ],
  ] as const) {
    it(`${what} is said once, with the fix`, async () => {
      await failing(respond);
      expect(warnings.length).to.equal(1);
      expect(warnings[0]).to.match(/^<connect-account>: (?!<)/);
      expect(warnings[0]).to.match(words);
    });
  }

  it('a backend of another origin that refuses this one is said once, with the fix', async () => {
    await failing(
      () => {
        throw new TypeError('Failed to fetch');
      },
      { endpoint: 'https://api.example.com/connect' },
    );
    expect(warnings.length).to.equal(1);
    expect(warnings[0]).to.match(/CORS.*allowedOrigins/);
  });
});

describe('a backend of another kind', () => {
  const popups = usePopups();
  const warnings = useWarnings();
  let backend: ReturnType<typeof serve> | undefined;
  afterEach(() => backend?.restore());

  it('the example of demo/docs/own-backend.md connects an account', async () => {
    const text = await (await fetch('/demo/docs/own-backend.md')).text();
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? [];
    expect(code.trim().split('\n').length).to.be.at.most(26);
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    const { client } = (await import(url)) as { client: ConnectionClient };
    let state = 'waiting';
    backend = serve((method, { pathname }, body) => {
      const begun = new Date().toISOString();
      if (method === 'POST' && pathname === '/flows') {
        expect(body).to.include({ user: 'user_1', app: 'ac_github' });
        return json({
          key: 'f_1',
          url: 'https://flows.example.com/go/1',
          until: new Date(Date.now() + 6e5).toISOString(),
        });
      }
      return pathname === '/flows/f_1'
        ? json({ key: 'f_1', app: 'ac_github', login: 'octocat', state, begun })
        : page(404);
    });
    const harness = await mountLoaded({ properties: { client } });
    expect([harness.phase, harness.text('label')]).to.deep.equal(['ready', 'Connect']);
    await harness.connect();
    expect(popups.opened[0]?.history).to.include('replace https://flows.example.com/go/1');
    state = 'done';
    harness.look();
    await harness.reaches('connected');
    expect(harness.text('identity')).to.equal('octocat');
    harness.click('menu-button');
    await waitUntil(() => menuOf(harness.element.renderRoot).length > 0);
    expect(menuOf(harness.element.renderRoot)).to.deep.equal(['reconnect']);
    expect(warnings).to.deep.equal([]);
  });

  it('a client with link and get alone asks for a key on the hosted page', async () => {
    const { client, memory } = clientWith('link', 'get', 'authConfigs');
    const field = { name: 'api_key', displayName: 'Key', description: '', type: 'string', required: true };
    memory.configs = [authConfig({ authScheme: 'API_KEY', fields: [field] })];
    const harness = await mountLoaded({ properties: { client } });
    harness.trigger.click();
    expect(popups.opened.length).to.equal(1);
    await harness.reaches('awaiting-authorization');
  });

  it('a list draws the actions that its client has', async () => {
    for (const [methods, actions] of [
      [['link', 'get', 'list'], ['Reconnect']],
      [
        ['link', 'get', 'list', 'delete'],
        ['Reconnect', 'Disconnect'],
      ],
      [
        ['link', 'get', 'list', 'update'],
        ['Reconnect', 'Rename', 'Disable'],
      ],
    ] as const) {
      const { client, memory } = clientWith(...methods);
      memory.accounts = [connectedAccount()];
      const list = await mountLoadedList({ properties: { client } });
      expect(list.actionsOf('ca_1')).to.deep.equal(actions);
    }
  });

  it('a list whose client cannot list says so to the page author', async () => {
    const { client } = clientWith('link', 'get');
    const list = await mountLoadedList({ properties: { client } });
    expect(list.element.error?.code).to.equal('invalid_configuration');
    expect(warnings.join()).to.match(/client.* has no method list/);
  });

  it('a backend without PATCH loses Rename and Disable at the first refusal, and keeps the account', async () => {
    const client = new MemoryClient();
    client.accounts = [connectedAccount(), connectedAccount({ id: 'ca_2', alias: 'two' })];
    const refuse = serve((method) => (method === 'PATCH' ? page(404) : json({})));
    backend = refuse;
    const http = new HttpConnectionClient({ endpoint: 'https://api.example.com/connect' });
    client.always('update', () => http.update('ca_1', { enabled: false }));
    client.always('disable', () => http.update('ca_1', { enabled: false }));
    const list = await mountLoadedList({ client, accounts: client.accounts });
    expect(list.actionsOf('ca_2')).to.include('Rename');
    await list.act('ca_1', 'Disable');
    await list.until(() => !list.actionsOf('ca_1').includes('Disable'), 'the other actions');
    expect(list.ids).to.deep.equal(['ca_1', 'ca_2']);
    expect(list.actionsOf('ca_2')).to.deep.equal(['Reconnect', 'Disconnect']);
  });

  for (const status of [404, 405]) {
    it(`over HTTP, ${status} on all reads but an account's leaves a working button`, async () => {
      let isActive = false;
      backend = serve((method, { pathname }) => {
        const { wordId: _, isDisabled: __, authConfig: config, ...account } = connectedAccount();
        const { isComposioManaged: ___, isDisabled: ____, ...own } = config;
        if (method === 'POST' && pathname.endsWith('/link')) {
          const expiresAt = new Date(Date.now() + 6e5).toISOString();
          return json({ id: 'ca_1', status: 'INITIATED', redirectUrl: 'https://connect.test/1', expiresAt }, 201);
        }
        if (pathname.endsWith('/connected-accounts/ca_1'))
          return json({ ...account, authConfig: own, status: isActive ? 'ACTIVE' : 'INITIATED' });
        return page(status);
      });
      const harness = await mountLoaded({ properties: { client: undefined } });
      expect(harness.phase).to.equal('ready');
      await harness.connect();
      isActive = true;
      harness.look();
      await harness.reaches('connected');
      expect(harness.element.account?.wordId).to.equal(null);
      expect(harness.element.account?.authConfig.isComposioManaged).to.equal(false);
      harness.click('menu-button');
      await waitUntil(() => menuOf(harness.element.renderRoot).length > 0);
      expect(menuOf(harness.element.renderRoot)).to.deep.equal(['reconnect']);
    });
  }
});
