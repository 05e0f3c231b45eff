import { expect } from '@open-wc/testing';
import { EndpointClient } from '../../src/controllers/backend-controller.js';
import { HttpConnectionClient } from '../../src/core/http/http-connection-client.js';
import { MemoryClient } from '../support/memory-client.js';
import { ScriptedFetch } from '../support/scripted-fetch.js';

type Host = ConstructorParameters<typeof EndpointClient>[0];
type MutableHost = { -readonly [Key in keyof Host]: Host[Key] };

function setUp(different: Partial<Host> = {}) {
  const defaults = { userId: 'user_1', endpoint: '/api/connect', client: undefined, sessionToken: undefined };
  const host: MutableHost = { ...defaults, ...different };
  return { host, controller: new EndpointClient(host) };
}

/** The platform's `fetch`, replaced until `restore`. */
function scriptFetch() {
  const backend = new ScriptedFetch();
  const { fetch } = window;
  window.fetch = backend.fetch;
  return Object.assign(backend, {
    restore: () => {
      window.fetch = fetch;
    },
  });
}

describe('EndpointClient', () => {
  it("the page's own client takes precedence", () => {
    const client = new MemoryClient();
    expect(setUp({ client }).controller.current).to.equal(client);
  });

  it('each endpoint has one client', () => {
    const { host, controller } = setUp();
    const first = controller.current;
    expect(first).to.be.instanceOf(HttpConnectionClient);
    expect(controller.current).to.equal(first);
    host.endpoint = '/other';
    expect(controller.current).not.to.equal(first);
  });

  it('two elements do not share a client', () => {
    expect(setUp().controller.current).not.to.equal(setUp().controller.current);
  });

  it('requests go to the endpoint with the cookies of the same origin', async () => {
    const backend = scriptFetch();
    backend.json({ items: [] });
    await setUp().controller.current.authConfigs?.(['ac_1']);
    backend.restore();
    expect(backend.requests[0]?.url).to.equal(`${location.origin}/api/connect/auth-configs?ids=ac_1`);
    expect(backend.requests[0]?.init.credentials).to.equal('same-origin');
  });

  it('requests carry the current session token', async () => {
    const backend = scriptFetch();
    backend.json({ items: [] }).json({ items: [] });
    const { host, controller } = setUp({ sessionToken: 'first' });
    await controller.current.authConfigs?.(['ac_1']);
    host.sessionToken = 'second';
    await controller.current.authConfigs?.(['ac_1']);
    backend.restore();
    expect([backend.header(0, 'Authorization'), backend.header(1, 'Authorization')]).to.deep.equal([
      'Bearer first',
      'Bearer second',
    ]);
  });

  it('a second user gets a new token from the function, not the one of the first user', async () => {
    const backend = scriptFetch();
    backend.json({ items: [] }).json({ items: [] });
    const { host, controller } = setUp();
    host.sessionToken = () => `token-of-${host.userId}`;
    await controller.current.authConfigs?.(['ac_1']);
    host.userId = 'user_2';
    await controller.current.authConfigs?.(['ac_1']);
    backend.restore();
    expect(backend.header(1, 'Authorization')).to.equal('Bearer token-of-user_2');
  });
});
