import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { ConnectFlowController } from '../../src/controllers/connect-flow-controller.js';
import type { ConnectEvent } from '../../src/core/flow/connect-transition.js';
import { windowTexts } from '../../src/elements/shared/app-words.js';
import en from '../../src/messages/en.js';
import { frontTexts } from '../../src/messages/en-front.js';
import type { Messages } from '../../src/messages/messages.js';
import { settingsWith } from '../support/flow-settings.js';
import { MemoryClient } from '../support/memory-client.js';
import { useWarnings } from '../support/use-warnings.js';

/** The least that an element needs to run a flow. */
class FlowHost extends LitElement {
  static override readonly properties = { userId: { attribute: 'user-id' } };
  declare userId: string;
  client = new MemoryClient();
  texts: Messages = en;
  renders = 0;
  readonly events: ConnectEvent['type'][] = [];
  readonly controller = new ConnectFlowController(this, {
    settings: () => settingsWith({ client: this.client, userId: this.userId, storageKey: 'test' }),
    onTransition: (_, __, event) => this.events.push(event.type),
    texts: () => windowTexts(this.texts, 'GitHub', 'en'),
    finishReconnect: () => {},
  });

  constructor() {
    super();
    this.userId = 'user_1';
  }

  protected override willUpdate(): void {
    this.renders += 1;
    this.controller.invalidate();
    this.controller.update();
  }
}
customElements.define('flow-host', FlowHost);

async function mount(): Promise<FlowHost> {
  const host = await fixture<FlowHost>(html`<flow-host></flow-host>`);
  await waitUntil(() => host.controller.flow.state.phase !== 'loading', 'it has loaded');
  return host;
}

const phaseOf = (host: FlowHost) => host.controller.flow.state.phase;

describe('ConnectFlowController', () => {
  const warnings = useWarnings();

  it('the flow starts with the element and renders it at every change', async () => {
    const host = await mount();
    expect(host.events).to.deep.equal(['load-started', 'loaded']);
    expect(phaseOf(host)).to.equal('ready');
    expect(host.client.count('list')).to.equal(1);
  });

  it('an attempt that begins before its words have been loaded makes its link', async () => {
    const host = await mount();
    host.texts = frontTexts as unknown as Messages;
    void host.controller.flow.connect();
    await waitUntil(() => host.client.count('link') === 1 || phaseOf(host) === 'failed', 'it has a link or failed', {
      timeout: 8000,
    });
    expect([host.client.count('link'), host.controller.flow.state.error]).to.deep.equal([1, null]);
    host.controller.stop('host');
  });

  it('another render does not restart the flow', async () => {
    const host = await mount();
    host.requestUpdate();
    await host.updateComplete;
    expect(host.events.filter((type) => type === 'load-started')).to.have.length(1);
  });

  it('another user restarts the flow', async () => {
    const host = await mount();
    host.userId = 'user_2';
    host.requestUpdate();
    await waitUntil(() => host.events.filter((type) => type === 'loaded').length === 2, 'it has loaded again');
    expect(host.client.count('list')).to.equal(2);
  });

  it('the flow survives a move within the page', async () => {
    const host = await mount();
    const elsewhere = document.body.appendChild(document.createElement('section'));
    elsewhere.append(host);
    await host.updateComplete;
    expect(host.events).to.deep.equal(['load-started', 'loaded']);
    elsewhere.remove();
  });

  it('the flow stops after the removal and ends the attempt', async () => {
    const host = await mount();
    const { open } = window;
    window.open = () => null;
    const outcome = host.controller.flow.connect();
    window.open = open;
    host.remove();
    expect(await outcome).to.deep.equal({ status: 'cancelled', reason: 'removed' });
    expect(host.events.filter((type) => type === 'ended')).to.have.length(1);
  });

  it('the flow restarts when the element comes back', async () => {
    const host = await mount();
    const parent = host.parentElement;
    host.remove();
    await Promise.resolve();
    parent?.append(host);
    await waitUntil(() => host.events.filter((type) => type === 'loaded').length === 2, 'it has loaded again');
    expect(phaseOf(host)).to.equal('ready');
  });

  it('the flow does not start outside a page', () => {
    const host = document.createElement('flow-host') as FlowHost;
    host.controller.update();
    expect(host.client.calls).to.deep.equal([]);
  });

  it('the page author is warned once about a wrong setting', async () => {
    const host = document.createElement('flow-host') as FlowHost;
    host.userId = '';
    document.body.append(host);
    await waitUntil(() => phaseOf(host) === 'misconfigured', 'it is misconfigured');
    await host.controller.flow.connect();
    host.remove();
    await Promise.resolve();
    document.body.append(host);
    await host.updateComplete;
    host.remove();
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(/^<flow-host>: .*the attribute user-id is missing/);
  });
});
