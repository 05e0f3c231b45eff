import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { MessagesController } from '../../src/controllers/messages-controller.js';
import en from '../../src/messages/en.js';
import { registerMessages } from '../../src/messages/registered-messages.js';

class MessagesHost extends LitElement {
  readonly controller = new MessagesController(this, () => en);

  get connect(): string {
    return this.controller.messages().connect;
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
    ['DE_at', 'Verbinden'],
    ['pt-PT', 'Conectar'],
    ['zh-Hant-HK', '連結'],
    ['zh-Hans', '连接'],
    ['nn-NO', 'Koble til'],
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

  it('keeps the full tag for dates and numbers', async () => {
    const host = await fixture<MessagesHost>(html`<messages-host lang="de-AT"></messages-host>`);
    await waitUntil(() => host.connect === 'Verbinden', 'it speaks German');
    expect([host.controller.language, host.controller.locale]).to.deep.equal(['de-at', 'de-at']);
    const unknown = await fixture<MessagesHost>(html`<messages-host lang="tlh"></messages-host>`);
    await waitUntil(() => unknown.controller.locale === 'tlh', 'its tag is read');
    expect(unknown.controller.language).to.equal('en');
  });

  it('shows what the page registers, at once and in elements that come later', async () => {
    const first = await fixture<MessagesHost>(html`<messages-host lang="eo"></messages-host>`);
    await waitUntil(() => first.controller.locale === 'eo', 'its tag is read');
    registerMessages('eo', { connect: 'Konekti' });
    await first.updateComplete;
    expect(first.shadowRoot?.textContent).to.equal('Konekti');
    expect(first.controller.language).to.equal('eo');
    expect(first.controller.messages().tryAgain).to.equal('Try again');
    const second = await fixture<MessagesHost>(html`<messages-host lang="eo-001"></messages-host>`);
    await waitUntil(() => second.connect === 'Konekti', 'a later element has it too');
    registerMessages('eo', { tryAgain: 'Reprovi' });
    expect([second.connect, second.controller.messages().tryAgain]).to.deep.equal(['Konekti', 'Reprovi']);
  });

  it('changes texts of a built-in language for its regions, and the texts of a region only there', async () => {
    registerMessages('nl-BE', { connect: 'Verbinden maar' });
    registerMessages('NL', { connect: 'Verbind', cancel: 'Stop' });
    const texts = [];
    for (const lang of ['nl', 'nl-NL', 'nl-BE']) {
      const host = await fixture<MessagesHost>(html`<messages-host lang=${lang}></messages-host>`);
      await waitUntil(() => host.controller.messages().tryAgain === 'Opnieuw proberen', 'it speaks Dutch');
      const { connect, cancel } = host.controller.messages();
      texts.push([lang, connect, cancel]);
    }
    expect(texts).to.deep.equal([
      ['nl', 'Verbind', 'Stop'],
      ['nl-NL', 'Verbind', 'Stop'],
      ['nl-BE', 'Verbinden maar', 'Stop'],
    ]);
  });

  it('shows texts for zh-TW in a page that says zh-Hant-HK', async () => {
    registerMessages('zh-TW', { cancel: '不要' });
    const host = await fixture<MessagesHost>(html`<messages-host lang="zh-Hant-HK"></messages-host>`);
    await waitUntil(() => host.connect === '連結', 'it speaks Chinese');
    expect(host.controller.messages().cancel).to.equal('不要');
  });

  it('puts the texts of the element before those of the page', async () => {
    registerMessages('ia', { connect: 'Connecter al pagina', cancel: 'Cancellar' });
    const host = await fixture<MessagesHost>(html`<messages-host lang="ia"></messages-host>`);
    await waitUntil(() => host.connect === 'Connecter al pagina', 'the texts of the page are there');
    const { connect, cancel } = host.controller.messages({ connect: 'Connecter' });
    expect([connect, cancel]).to.deep.equal(['Connecter', 'Cancellar']);
  });

  it('does not update an element that was removed when the page registers texts', async () => {
    const host = await fixture<MessagesHost>(html`<messages-host></messages-host>`);
    host.remove();
    await host.updateComplete;
    registerMessages('io', { connect: 'Konektar' });
    expect(host.isUpdatePending).to.equal(false);
  });

  it('refuses texts without a tag, and a tag without texts, in words', () => {
    const register = registerMessages as (...args: unknown[]) => void;
    for (const args of [[], [{ connect: 'Go' }], ['', {}], ['eo'], ['eo', 'Go'], ['eo', null]])
      expect(() => register(...args)).to.throw(TypeError, 'registerMessages() takes a language tag and an object');
  });
});
