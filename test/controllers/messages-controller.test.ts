import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { MessagesController } from '../../src/controllers/messages-controller.js';
import en from '../../src/messages/en.js';

class MessagesHost extends LitElement {
  readonly controller = new MessagesController(this, () => en);

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

/** A host that shows its children in a slot with a language of its own. */
class SlotHost extends LitElement {
  protected override render() {
    return html`<p><slot></slot></p>`;
  }
}
customElements.define('slot-host', SlotHost);

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

  it('follows a lang that is set on any element around it, and removed again', async () => {
    const section = await fixture<HTMLElement>(
      html`<section><p><span><messages-host></messages-host></span></p></section>`,
    );
    const host = section.querySelector('messages-host') as MessagesHost;
    const around = [host, section.querySelector('span'), section.querySelector('p'), section, document.documentElement];
    for (const ancestor of around as HTMLElement[]) {
      const before = ancestor.getAttribute('lang');
      ancestor.lang = 'de';
      await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
      ancestor.removeAttribute('lang');
      await waitUntil(() => host.connect === 'Connect', 'it speaks English');
      if (before !== null) ancestor.lang = before;
    }
  });

  it('follows the lang of its new place after a move, and no longer that of the old one', async () => {
    const page = await fixture(
      html`<div><section id="old"><messages-host></messages-host></section><section id="new"></section></div>`,
    );
    const [old, next] = ['#old', '#new'].map((id) => page.querySelector(id) as HTMLElement);
    const host = page.querySelector('messages-host') as MessagesHost;
    next?.append(host);
    (next as HTMLElement).lang = 'de';
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
    (old as HTMLElement).lang = 'ar';
    next?.removeAttribute('lang');
    await waitUntil(() => host.connect === 'Connect', 'it speaks English');
  });

  it('follows lang after an element around it has moved', async () => {
    const page = await fixture(html`<div><p><messages-host></messages-host></p><section></section></div>`);
    const host = page.querySelector('messages-host') as MessagesHost;
    const section = page.querySelector('section') as HTMLElement;
    section.append(page.querySelector('p') as HTMLElement);
    section.lang = 'de';
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
  });

  it('has the language of its parent in the markup, not of the slot that shows it', async () => {
    const page = await fixture<HTMLElement>(html`<div><slot-host><messages-host></messages-host></slot-host></div>`);
    const host = page.querySelector('messages-host') as MessagesHost;
    const slotHost = page.querySelector('slot-host') as HTMLElement;
    (slotHost.shadowRoot?.querySelector('p') as HTMLElement).lang = 'ar';
    slotHost.lang = 'de';
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
    slotHost.removeAttribute('lang');
    page.lang = 'ar';
    await waitUntil(() => host.connect === 'ربط', 'it speaks Arabic');
  });

  it('observes only the elements around it, so that changes elsewhere in the page cost nothing', async () => {
    const { observe } = MutationObserver.prototype;
    const observed: Array<[Node, MutationObserverInit | undefined]> = [];
    MutationObserver.prototype.observe = function (node, options) {
      observed.push([node, options]);
      observe.call(this, node, options);
    };
    const section = await fixture(html`<section><i></i><outer-host></outer-host></section>`);
    const outer = section.querySelector('outer-host') as OuterHost;
    await outer.updateComplete;
    MutationObserver.prototype.observe = observe;
    const host = outer.shadowRoot?.querySelector('messages-host') as MessagesHost;
    const nodes = observed.map(([node]) => node);
    expect(nodes.slice(0, 3)).to.deep.equal([host, outer, section]);
    expect(nodes.at(-1)).to.equal(document.documentElement);
    for (const [, options] of observed) expect(options).to.deep.equal({ attributeFilter: ['lang'] });
  });
});
