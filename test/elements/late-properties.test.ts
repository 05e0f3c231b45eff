import { aTimeout, expect, fixture, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import type { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from '../../src/elements/connected-accounts-list/connected-accounts-list.js';
import { recordEvents, typesOf } from '../support/expect-events.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** A task passes. */
const task = () => aTimeout(0);

/** Adds markup to the page, as a parser or a server-rendering framework does. */
async function place<Tag extends 'connect-account' | 'connected-accounts-list'>(tag: Tag, attributes = '') {
  const around = await fixture<HTMLElement>('<div></div>');
  const events = recordEvents(around);
  around.innerHTML = `<${tag} ${attributes}></${tag}>`;
  return { element: around.firstElementChild as HTMLElementTagNameMap[Tag], events };
}

/** Counts the calls of the backend, whose responses depend on the token. */
function stubBackend(respond: (token: string | null, path: string) => Response) {
  const { fetch } = window;
  const tokens: (string | null)[] = [];
  window.fetch = (input, init) => {
    const token = new Headers(init?.headers).get('authorization');
    tokens.push(token);
    return Promise.resolve(respond(token, String(input)));
  };
  return {
    tokens,
    restore() {
      window.fetch = fetch;
    },
  };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const NO_ACCOUNTS = { items: [], nextCursor: null, totalPages: 0 };
const unauthorized = () => json({ error: { code: 'unauthorized', message: 'No session.' } }, 401);

const isLoaded = (list: ConnectedAccountsList) => !list.loading;

describe('properties that a framework sets late', () => {
  const warnings = useWarnings();
  const popups = usePopups();

  describe('the first reading', () => {
    let client: MemoryClient;
    beforeEach(() => {
      client = new MemoryClient();
      client.accounts = [connectedAccount()];
    });

    it('nothing is read in the task of the connection, nor before a required attribute is there', async () => {
      const { element } = await place('connect-account', 'user-id="user_1"');
      element.client = client;
      await element.updateComplete;
      expect([client.calls.length, element.state.phase]).to.deep.equal([0, 'loading']);
      await aTimeout(100);
      expect([client.calls.length, element.state.phase]).to.deep.equal([0, 'loading']);
      element.authConfigId = 'ac_github';
      await waitUntil(() => element.state.phase === 'connected');
      expect(warnings).to.deep.equal([]);
    });

    it('a list waits for its user', async () => {
      const { element, events } = await place('connected-accounts-list');
      element.client = client;
      await aTimeout(100);
      expect([client.calls.length, element.loading, element.matches(':state(loading)')]).to.deep.equal([0, true, true]);
      element.userId = 'user_1';
      await waitUntil(() => isLoaded(element));
      expect(element.accounts.length).to.equal(1);
      expect(typesOf(events)).to.deep.equal(['accounts-loaded']);
    });

    it('reload() before the user is there reads nothing and reports no mistake', async () => {
      const { element, events } = await place('connected-accounts-list');
      element.client = client;
      await Promise.all([element.reload(), element.loadMore()]);
      expect([element.loading, client.calls.length, events.length]).to.deep.equal([true, 0, 0]);
      element.userId = 'user_1';
      await element.reload();
      expect([element.accounts.length, client.count('list')]).to.deep.equal([1, 1]);
    });

    it('a client that comes after the first task starts the reading again', async () => {
      const backend = stubBackend(() => json({}, 404));
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      const list = (await place('connected-accounts-list', 'user-id="user_1"')).element;
      await aTimeout(60);
      backend.restore();
      element.client = client;
      list.client = client;
      await waitUntil(() => element.state.phase === 'connected' && list.accounts.length === 1);
      expect(list.error).to.equal(null);
    });

    it('an attribute that is missing for a second is a mistake of the page', async () => {
      const { element } = await place('connect-account', 'auth-config-id="ac_github"');
      const { element: list, events } = await place('connected-accounts-list');
      await aTimeout(700);
      expect([element.state.phase, element.error, list.error]).to.deep.equal(['loading', null, null]);
      await waitUntil(() => element.state.phase === 'misconfigured' && list.error !== null);
      expect(element.error?.code).to.equal('invalid_configuration');
      expect(typesOf(events)).to.deep.equal(['accounts-load-error']);
      expect(list.loading).to.equal(false);
    });

    it('an attribute that is taken away after the reading is a mistake at once', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      element.client = client;
      await waitUntil(() => element.state.phase === 'connected');
      element.removeAttribute('user-id');
      await element.updateComplete;
      expect(element.state.phase).to.equal('misconfigured');
    });

    it('a click before the first task connects', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      client.accounts = [];
      element.client = client;
      const outcome = element.connect();
      expect(popups.opened.length).to.equal(1);
      await waitUntil(() => element.state.phase === 'awaiting-authorization');
      element.cancel();
      expect(await outcome).to.deep.equal({ status: 'cancelled', reason: 'host' });
    });

    it('an element that leaves before the first task reads nothing', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      element.client = client;
      element.remove();
      await aTimeout(30);
      expect(client.calls.length).to.equal(0);
    });
  });

  describe('defer-hydration', () => {
    it('nothing is read while it is there, and a click waits for the framework', async () => {
      const client = new MemoryClient();
      const { element } = await place('connect-account', 'defer-hydration user-id="user_1" auth-config-id="ac_github"');
      const { element: list } = await place('connected-accounts-list', 'defer-hydration');
      element.client = client;
      list.client = client;
      await aTimeout(1200);
      expect(await element.connect()).to.deep.equal({ status: 'cancelled', reason: 'host' });
      await list.reload();
      expect([client.calls.length, element.state.phase, list.error]).to.deep.equal([0, 'loading', null]);
      expect(popups.opened.length).to.equal(0);
      list.userId = 'user_1';
      for (const deferred of [element, list]) deferred.removeAttribute('defer-hydration');
      await waitUntil(() => element.state.phase === 'ready' && isLoaded(list));
      expect(warnings).to.deep.equal([]);
    });

    it('a missing attribute is judged a second after it has gone', async () => {
      const { element } = await place('connect-account', 'defer-hydration');
      await aTimeout(300);
      element.removeAttribute('defer-hydration');
      await aTimeout(800);
      expect(element.state.phase).to.equal('loading');
      await waitUntil(() => element.state.phase === 'misconfigured');
    });
  });

  describe('a session token', () => {
    const respond = (token: string | null, path: string) => {
      if (token === null || token === 'Bearer old') return unauthorized();
      return json(path.includes('/auth-configs') ? { items: new MemoryClient().configs } : NO_ACCOUNTS);
    };
    let backend: ReturnType<typeof stubBackend>;
    beforeEach(() => {
      backend = stubBackend(respond);
    });
    afterEach(() => backend.restore());

    const failed = ({ state }: ConnectAccount) => state.phase === 'failed';

    it('a token that comes after a refusal starts the reading again in both elements', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      const { element: list } = await place('connected-accounts-list', 'user-id="user_1"');
      await waitUntil(() => failed(element) && list.error !== null);
      for (const late of [element, list]) late.sessionToken = () => 'token';
      await waitUntil(() => element.state.phase === 'ready' && isLoaded(list) && list.error === null);
    });

    it('a token that comes while the first reading is in progress starts another one', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      await waitUntil(() => backend.tokens.length > 0, 'a request', { interval: 1 });
      element.sessionToken = 'token';
      await waitUntil(() => element.state.phase === 'ready');
      expect(backend.tokens.filter((token) => token === 'Bearer token').length).to.equal(2);
    });

    it('a text that replaces a refused one starts the reading again', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      const { element: list } = await place('connected-accounts-list', 'user-id="user_1"');
      for (const one of [element, list]) one.sessionToken = 'old';
      await waitUntil(() => failed(element) && list.error !== null);
      for (const one of [element, list]) one.sessionToken = 'new';
      await waitUntil(() => element.state.phase === 'ready' && isLoaded(list) && list.error === null);
    });

    it('a token that a framework sets to nothing is as if it had not been set', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      const { element: list } = await place('connected-accounts-list', 'user-id="user_1"');
      for (const nothing of [null, '']) {
        for (const one of [element, list]) Object.assign(one, { sessionToken: nothing });
        backend.tokens.length = 0;
        for (const one of [element, list]) one.endpoint = `/api/${nothing}`;
        // The backend is asked, and its session decides.
        await waitUntil(() => backend.tokens.length >= 2 && failed(element) && list.error !== null);
      }
      for (const one of [element, list]) one.sessionToken = 'token';
      await waitUntil(() => element.state.phase === 'ready' && isLoaded(list) && list.error === null);
    });

    it('another function with each render of the page is no other token', async () => {
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      element.sessionToken = () => 'token';
      await waitUntil(() => element.state.phase === 'ready');
      const asked = backend.tokens.length;
      for (let render = 0; render < 3; render++) {
        element.sessionToken = () => 'token';
        await element.updateComplete;
        await task();
      }
      expect([element.state.phase, backend.tokens.length]).to.deep.equal(['ready', asked]);
    });

    it('a token that comes during an attempt does not end it', async () => {
      backend.restore();
      backend = stubBackend((_token, path) => {
        if (path.includes('/link')) {
          const expiresAt = new Date(Date.now() + 600_000).toISOString();
          return json({ id: 'ca_1', status: 'INITIATED', redirectUrl: 'https://connect.test/', expiresAt }, 201);
        }
        return json(path.includes('/auth-configs') ? { items: new MemoryClient().configs } : NO_ACCOUNTS);
      });
      const { element, events } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      await waitUntil(() => element.state.phase === 'ready');
      void element.connect();
      await waitUntil(() => element.state.phase === 'awaiting-authorization');
      element.sessionToken = 'token';
      await element.updateComplete;
      await task();
      expect(element.state.phase).to.equal('awaiting-authorization');
      expect(typesOf(events)).to.deep.equal(['account-connect-start']);
      element.cancel();
    });
  });

  describe('the text forms of properties', () => {
    for (const text of ['false', 'FALSE', ' False ']) {
      it(`allow-multiple="${text}" and readonly="${text}" mean false, also as properties`, async () => {
        const client = new MemoryClient();
        client.accounts = [connectedAccount()];
        const { element } = await place(
          'connect-account',
          `user-id="user_1" auth-config-id="ac_github" allow-multiple="${text}"`,
        );
        const { element: list } = await place(
          'connected-accounts-list',
          `user-id="user_1" readonly="${text}" searchable="${text}"`,
        );
        Object.assign(element, { client });
        Object.assign(list, { client });
        await waitUntil(() => element.state.phase === 'connected' && isLoaded(list));
        expect([element.allowMultiple, list.readonly, list.searchable]).to.deep.equal([false, false, false]);
        Object.assign(element, { allowMultiple: text });
        Object.assign(list, { readonly: text });
        await Promise.all([element.updateComplete, list.updateComplete]);
        expect(element.state.phase).to.equal('connected');
        expect(list.renderRoot.querySelectorAll('[part~="action"]').length).to.be.greaterThan(0);
        expect(list.renderRoot.querySelector('[part~="search"]')).to.equal(null);
      });
    }

    it('an empty switch is on', async () => {
      const { element } = await place('connect-account', 'allow-multiple');
      expect(element.allowMultiple).to.equal(true);
    });

    it('properties of lists take the text of their attributes, as React 19 sets it', async () => {
      const client = new MemoryClient();
      const { element } = await place('connected-accounts-list', 'user-id="user_1"');
      Object.assign(element, {
        client,
        statuses: 'ACTIVE, EXPIRED',
        toolkitSlugs: 'github',
        authConfigIds: 'ac_github ac_slack',
      });
      await waitUntil(() => isLoaded(element));
      expect(element.error).to.equal(null);
      expect(client.given('list')[0]).to.deep.include({
        statuses: ['ACTIVE', 'EXPIRED'],
        toolkitSlugs: ['github'],
        authConfigIds: ['ac_github', 'ac_slack'],
      });
    });

    it('numbers take the text of their attributes, as React 19 and Vue set it', async () => {
      const client = new MemoryClient();
      const { element: list } = await place('connected-accounts-list', 'user-id="user_1"');
      const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
      Object.assign(list, { client, limit: '7' });
      Object.assign(element, { client: new MemoryClient(), timeout: '5000' });
      await waitUntil(() => isLoaded(list) && element.state.phase === 'ready');
      expect(list.error).to.equal(null);
      expect(client.given('list')[0]).to.deep.include({ limit: 7 });
      void element.connect();
      await waitUntil(() => element.state.phase === 'awaiting-authorization');
      element.cancel();
    });

    it('fields of an app are asked for where a framework sets connectionData to nothing', async () => {
      const field = { name: 'subdomain', displayName: 'Subdomain', description: '', type: 'string', required: true };
      for (const nothing of [null, undefined, '']) {
        const client = new MemoryClient();
        client.configs = [authConfig({ fields: [field] })];
        const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
        Object.assign(element, { client, connectionData: nothing });
        await waitUntil(() => element.state.phase === 'ready');
        void element.connect();
        await waitUntil(() => element.state.phase === 'collecting-credentials');
        element.cancel();
      }
    });

    it('a property that a framework sets to nothing has its default', async () => {
      for (const nothing of [undefined, null, '']) {
        const client = new MemoryClient();
        const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
        const { element: list } = await place('connected-accounts-list', 'user-id="user_1"');
        const optional = { endpoint: nothing, mode: nothing, credentialsForm: nothing, callbackUrl: nothing };
        Object.assign(element, { client, ...optional, alias: nothing, label: nothing });
        // An empty text is no number.
        if (nothing !== '') Object.assign(element, { timeout: nothing });
        Object.assign(list, { client, endpoint: nothing, orderBy: nothing, statuses: nothing });
        Object.assign(element, { messages: nothing, connectionData: nothing });
        Object.assign(list, { messages: nothing, connectionData: nothing });
        await waitUntil(() => element.state.phase !== 'loading' && isLoaded(list));
        expect([element.error, list.error]).to.deep.equal([null, null]);
        void element.connect();
        await waitUntil(() => client.count('link') === 1);
        const [, , link] = client.given('link') as [string, string, { callbackUrl: string }];
        expect(new URL(link.callbackUrl).pathname).to.equal('/api/connect/callback');
        element.cancel();
      }
    });
  });

  it('a function or an object that arrives as an attribute is said in the console, once', async () => {
    for (const tag of ['connect-account', 'connected-accounts-list'] as const) {
      await place(
        tag,
        'user-id="user_1" auth-config-id="ac_github" session-token="() => 1" messages="[object Object]"',
      );
      const { element } = await place(tag, 'user-id="user_1" auth-config-id="ac_github" session-token="() => 1"');
      element.setAttribute('client', '[object Object]');
    }
    const told = () => warnings.filter((warning) => warning.includes('has no effect'));
    await waitUntil(() => told().length >= 6);
    for (const attribute of ['session-token', 'messages', 'client']) {
      const about = warnings.filter((warning) => warning.includes(`the attribute ${attribute} `));
      expect(about.length, attribute).to.equal(2);
      expect(about[0]).to.match(/Set the property/);
    }
    expect(told().length).to.equal(6);
  });

  it('text that a server has rendered for a property is not mentioned when the framework sets the property', async () => {
    const text = 'sessiontoken="() => 1" messages="[object Object]" connectiondata="[object Object]"';
    for (const more of ['', 'defer-hydration']) {
      const { element } = await place('connect-account', `user-id="u" auth-config-id="ac_github" ${text} ${more}`);
      await aTimeout(20);
      Object.assign(element, {
        client: new MemoryClient(),
        sessionToken: () => 'token',
        messages: {},
        connectionData: {},
      });
      element.removeAttribute('defer-hydration');
    }
    await aTimeout(200);
    expect(warnings).to.deep.equal([]);
  });

  it('an error of a reading that no longer counts is not shown', async () => {
    const client = new MemoryClient();
    client.always('list', () => {
      throw httpFailure(401, 'unauthorized');
    });
    const { element } = await place('connect-account', 'user-id="user_1" auth-config-id="ac_github"');
    element.client = client;
    await waitUntil(() => element.state.phase === 'failed');
    element.client = new MemoryClient();
    await waitUntil(() => element.state.phase === 'ready');
    expect(element.error).to.equal(null);
  });
});
