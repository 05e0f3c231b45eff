import { expect, fixture, waitUntil } from '@open-wc/testing';
import type { ConnectAccount } from '../../src/elements/connect-account/connect-account.js';
import '../../src/define.js';
import { authConfig, connectedAccount, MemoryClient } from '../support/memory-client.js';

interface Place {
  readonly client: MemoryClient;
  readonly userId?: string;
  readonly authConfigId?: string;
}

function add(parent: Element, { client, userId = 'user_1', authConfigId = 'ac_github' }: Place): ConnectAccount {
  const element = document.createElement('connect-account');
  Object.assign(element, { client, userId, authConfigId });
  parent.append(element);
  return element;
}

const loaded = (elements: readonly ConnectAccount[]) =>
  waitUntil(() => elements.every(({ state }) => state.phase !== 'loading'), 'all have loaded', { interval: 5 });

const asked = (client: MemoryClient) => client.calls.map(({ method }) => method);

/** Two auth configs, and a GitHub account. */
function clientWith(): MemoryClient {
  const client = new MemoryClient();
  client.configs = [authConfig(), authConfig({ id: 'ac_slack' })];
  client.accounts = [connectedAccount()];
  return client;
}

describe('the accounts store that elements share', () => {
  it('sends two requests for 100 elements of one user, whenever they are added', async () => {
    const client = clientWith();
    const place = await fixture('<div></div>');
    const of = (index: number) => ({ client, authConfigId: index % 2 === 0 ? 'ac_github' : 'ac_slack' });
    const first = Array.from({ length: 50 }, (_, index) => add(place, of(index)));
    await loaded(first);
    const second = Array.from({ length: 50 }, (_, index) => add(place, of(index)));
    await loaded(second);
    expect(asked(client)).to.deep.equal(['authConfigs', 'list']);
    expect(second[0]?.state.phase).to.equal('connected');
    expect(second[1]?.state.phase).to.equal('ready');
  });

  it('sends one batch for 100 elements that are added in separate tasks beside a list', async () => {
    const client = clientWith();
    const place = await fixture('<div></div>');
    const list = document.createElement('connected-accounts-list');
    Object.assign(list, { client, userId: 'user_1' });
    place.append(list);
    const elements: ConnectAccount[] = [];
    for (let index = 0; index < 100; index++) {
      elements.push(add(place, { client }));
      await new Promise((resolve) => setTimeout(resolve));
    }
    await loaded(elements);
    await waitUntil(() => list.accounts.length === 1, 'the list has loaded');
    // The second `list` is the list's own first page.
    expect(asked(client).sort()).to.deep.equal(['authConfigs', 'list', 'list']);
    expect(
      client.calls.filter(({ method, given }) => method === 'list' && 'authConfigIds' in Object(given[0])),
    ).to.have.length(1);
  });

  it('sends two requests for 100 elements of 100 auth configs, the most that a request may name', async () => {
    const client = new MemoryClient();
    client.configs = Array.from({ length: 100 }, (_, index) => authConfig({ id: `ac_${index}` }));
    const place = await fixture('<div></div>');
    const elements = client.configs.map(({ id }) => add(place, { client, authConfigId: id }));
    await loaded(elements);
    expect(asked(client)).to.deep.equal(['authConfigs', 'list']);
    expect(client.given('authConfigs')[0]).to.deep.equal(client.configs.map(({ id }) => id));
  });

  it('still sends one batch if the first element has been removed', async () => {
    const client = clientWith();
    const place = await fixture('<div></div>');
    const first = add(place, { client });
    const second = add(place, { client });
    await loaded([first, second]);
    first.remove();
    await Promise.resolve();
    const third = add(place, { client });
    await loaded([third]);
    expect(asked(client)).to.deep.equal(['authConfigs', 'list']);
  });

  it('is found across shadow roots', async () => {
    const client = clientWith();
    const place = await fixture('<div></div>');
    const shadow = document.createElement('div');
    place.append(shadow);
    const inner = document.createElement('p');
    shadow.attachShadow({ mode: 'closed' }).append(inner);
    await loaded([add(place, { client }), add(inner, { client })]);
    expect(asked(client)).to.deep.equal(['authConfigs', 'list']);
  });

  it('is not shared with another user or another client', async () => {
    const [here, there] = [clientWith(), clientWith()];
    const place = await fixture('<div></div>');
    const elements = [
      add(place, { client: here }),
      add(place, { client: here, userId: 'user_2' }),
      add(place, { client: there }),
    ];
    await loaded(elements);
    expect(asked(here)).to.have.length(4);
    expect(asked(there)).to.have.length(2);
    await elements[0]?.disconnect();
    expect(elements.map(({ state }) => state.phase)).to.deep.equal(['ready', 'connected', 'connected']);
    // Time for a message to another store of this page, if there were one.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([here.count('get'), there.count('get')]).to.deep.equal([0, 0]);
  });

  it('is kept when the elements are moved', async () => {
    const client = clientWith();
    const place = await fixture('<div><p></p></div>');
    const element = add(place, { client });
    await loaded([element]);
    place.querySelector('p')?.append(element);
    await element.updateComplete;
    await loaded([add(place, { client })]);
    expect(asked(client)).to.deep.equal(['authConfigs', 'list']);
  });

  it('leaves no listener on the document when the elements are removed', async () => {
    const place = await fixture('<div></div>');
    const live = new Set<unknown>();
    const { addEventListener } = document;
    document.addEventListener = (type: string, listener: EventListener, options: AddEventListenerOptions) => {
      live.add(listener);
      options.signal?.addEventListener('abort', () => live.delete(listener));
      addEventListener.call(document, type, listener, options);
    };
    const elements = Array.from({ length: 20 }, () => add(place, { client: clientWith() }));
    await loaded(elements);
    Reflect.deleteProperty(document, 'addEventListener');
    expect(live.size).to.be.above(0);
    for (const element of elements) element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    expect(live.size).to.equal(0);
  });
});

describe('the accounts of another tab', () => {
  it('are read from the server when a message names them', async () => {
    const client = clientWith();
    const place = await fixture('<div></div>');
    const element = add(place, { client });
    await loaded([element]);
    client.change('ca_1', { status: 'REVOKED' });
    const channel = new BroadcastChannel('connect-account');
    channel.postMessage({ type: 'connect-account:accounts', ids: ['ca_1', '../x', 42, null] });
    await waitUntil(() => element.state.phase === 'needs-attention');
    channel.close();
    expect(client.calls.filter(({ method }) => method === 'get').map(({ given }) => given[0])).to.deep.equal(['ca_1']);
  });

  it('are told of a disconnect by nothing but the id', async () => {
    const place = await fixture('<div></div>');
    const element = add(place, { client: clientWith() });
    await loaded([element]);
    const channel = new BroadcastChannel('connect-account');
    const heard = new Promise<MessageEvent>((resolve) => channel.addEventListener('message', resolve, { once: true }));
    await element.disconnect();
    const { data } = await heard;
    channel.close();
    expect(data).to.deep.include({ type: 'connect-account:accounts', ids: ['ca_1'] });
    // Two tabs may have begun to load at the same time, as far as their rounded clocks tell.
    expect(data.page).to.match(/^[\w-]{22}$/);
  });
});
