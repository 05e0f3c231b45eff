import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { MessagesController } from '../../src/controllers/messages-controller.js';

class MessagesHost extends LitElement {
  readonly controller = new MessagesController(this);

  get connect(): string {
    return this.controller.messages.connect;
  }

  protected override render(): string {
    return this.connect;
  }
}
customElements.define('messages-host', MessagesHost);

/** A host within a shadow root. The outer host has the language. */
class OuterHost extends LitElement {
  protected override render() {
    return html`<messages-host></messages-host>`;
  }
}
customElements.define('outer-host', OuterHost);

describe('MessagesController', () => {
  for (const [lang, connect] of [
    ['de', 'Verbinden'],
    ['de-AT', 'Verbinden'],
    ['DE', 'Verbinden'],
    ['ar', 'ربط'],
    ['en-GB', 'Connect'],
    ['tlh', 'Connect'],
    ['', 'Connect'],
  ] as const) {
    it(`loads "${connect}" for lang="${lang}"`, async () => {
      const host = await fixture<MessagesHost>(html`<messages-host lang=${lang}></messages-host>`);
      await waitUntil(() => host.connect === connect, 'its language is there');
      await host.updateComplete;
      expect(host.shadowRoot?.textContent).to.equal(connect);
    });
  }

  it('uses the nearest lang, not the outermost', async () => {
    const section = await fixture(html`<section lang="de"><p lang="ar"><messages-host></messages-host></p></section>`);
    const host = section.querySelector('messages-host') as MessagesHost;
    await waitUntil(() => host.connect === 'ربط', 'it speaks Arabic');
  });

  it('finds lang across shadow roots', async () => {
    const outer = await fixture<OuterHost>(html`<outer-host lang="de"></outer-host>`);
    const host = outer.shadowRoot?.querySelector('messages-host') as MessagesHost;
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
  });

  for (const lang of ['en', 'tlh', '__proto__', 'constructor']) {
    it(`changes the language when the host moves from German to lang="${lang}"`, async () => {
      const section = await fixture<HTMLElement>(html`<section lang="de"><messages-host></messages-host></section>`);
      const host = section.querySelector('messages-host') as MessagesHost;
      await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
      section.lang = lang;
      section.append(host);
      await waitUntil(() => host.connect === 'Connect', 'it speaks English');
    });
  }

  it('follows lang outside of its shadow root until the host is removed', async () => {
    const section = await fixture<HTMLElement>(html`<section><outer-host></outer-host></section>`);
    const host = section.querySelector('outer-host')?.shadowRoot?.querySelector('messages-host') as MessagesHost;
    section.lang = 'de';
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
    section.querySelector('outer-host')?.remove();
    section.lang = 'ar';
    const other = await fixture<MessagesHost>(html`<messages-host lang="ar"></messages-host>`);
    await waitUntil(() => other.connect === 'ربط', 'another one speaks Arabic');
    expect(host.connect).to.equal('Verbinden');
  });
});
