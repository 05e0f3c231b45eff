import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { onPage } from '../../src/browser/page-limits.js';
import { mountLoadedList } from '../support/accounts-list-harness.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const FIELD = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
const KEY_CONFIG = authConfig({ authScheme: 'API_KEY', fields: [FIELD] });

/** Adds an element to the head for one test. */
function addToHead(tag: 'base' | 'style', content: string): () => void {
  const element = document.createElement(tag);
  if (tag === 'base') element.setAttribute('href', content);
  else element.textContent = content;
  document.head.append(element);
  return () => element.remove();
}

async function openForm(around = '<div></div>'): Promise<ConnectAccountHarness> {
  const harness = await mountLoaded({ configs: [KEY_CONFIG], around });
  harness.trigger.click();
  await harness.reaches('collecting-credentials');
  return harness;
}

const inputOf = ({ element }: ConnectAccountHarness) =>
  element.renderRoot.querySelector<HTMLInputElement>('[data-field]');

describe('the style sheets of a page', () => {
  usePopups();

  for (const size of ['62.5%', '125%']) {
    it(`boxes keep their size where the root has a font size of ${size}`, async () => {
      const measure = async () => {
        const harness = await openForm();
        const list = await mountLoadedList({ accounts: [connectedAccount()] });
        await list.act('ca_1', 'Disconnect');
        const widths = [harness.trigger, harness.part('form'), inputOf(harness), list.find('[part="confirm"]')];
        return widths.map((box) => Math.round(box?.getBoundingClientRect().width ?? 0));
      };
      const before = await measure();
      const undo = addToHead('style', `html { font-size: ${size} }`);
      expect(await measure()).to.deep.equal(before);
      undo();
    });
  }

  it('text styles of the surroundings are not inherited, but for the direction', async () => {
    const odd =
      'white-space: pre; text-indent: 3em; text-transform: uppercase; letter-spacing: 1em; word-spacing: 2em;' +
      'text-align: center; font-style: italic; font-weight: 900; font-variant: small-caps; text-shadow: 1px 1px red;' +
      'word-break: break-all; hyphens: auto; line-height: 4; -webkit-text-fill-color: transparent;' +
      '-webkit-text-stroke: 2px red';
    const properties = [
      ...['whiteSpace', 'textIndent', 'textTransform', 'letterSpacing', 'wordSpacing', 'textAlign', 'fontStyle'],
      ...['fontWeight', 'fontVariant', 'textShadow', 'wordBreak', 'hyphens', 'lineHeight', 'webkitTextFillColor'],
      'webkitTextStrokeWidth',
    ] as const;
    const styleOf = (element: Element) => {
      const style = getComputedStyle(element) as unknown as Record<string, string>;
      return properties.map((name) => style[name]);
    };
    for (const mountOne of [mountLoaded, mountLoadedList]) {
      const plain = (await mountOne()).element;
      const styled = (await mountOne({ around: `<div style="${odd}" dir="rtl"></div>` })).element;
      expect(styleOf(styled)).to.deep.equal(styleOf(plain));
      expect(getComputedStyle(styled).direction).to.equal('rtl');
    }
  });

  it('the trigger has the same height in a heading with pre-formatted lines', async () => {
    const plain = await mountLoaded();
    const styled = await mountLoaded({
      around: '<h1 style="white-space: pre; line-height: 3">\n<span data-here></span>\n</h1>',
    });
    expect(styled.trigger.offsetHeight).to.equal(plain.trigger.offsetHeight);
  });

  for (const reset of ['* { all: unset }', 'connect-account { all: initial }', '* { all: revert }']) {
    it(`the button can be seen and used in a page with ${reset}`, async () => {
      const undo = addToHead('style', reset);
      const harness = await mountLoaded();
      const { width, height } = harness.trigger.getBoundingClientRect();
      expect(height).to.be.within(30, 60);
      expect(width).to.be.above(height);
      expect(harness.trigger.scrollWidth).to.be.at.most(harness.trigger.clientWidth + 1);
      expect(harness.text('label')).to.equal('Connect GitHub');
      await harness.connect();
      expect(harness.phase).to.equal('awaiting-authorization');
      undo();
    });
  }

  for (const display of ['block', 'flex', 'inline-flex', 'grid', 'inline', 'table', 'contents']) {
    it(`the button has its words, and they stand below it, in a page with connect-account { display: ${display} }`, async () => {
      const undo = addToHead('style', `connect-account { display: ${display} }`);
      const harness = await mountLoaded();
      expect(harness.part('label')?.offsetWidth).to.be.above(60);
      await harness.connect();
      const [trigger, status] = [harness.trigger, harness.part('status')].map((box) => box?.getBoundingClientRect());
      expect(status?.top).to.be.at.least(Number(trigger?.bottom));
      expect(status?.left).to.be.closeTo(Number(trigger?.left), 1);
      undo();
    });
  }

  it('a field can be typed into in a page that forbids to select text', async () => {
    const around = '<div style="user-select: none; -webkit-user-select: none; caret-color: transparent"></div>';
    const input = inputOf(await openForm(around)) as HTMLInputElement;
    const style = getComputedStyle(input);
    // The name that Safari knows, and the others too.
    expect(style.getPropertyValue('-webkit-user-select')).to.equal('text');
    expect(style.caretColor).to.equal(style.color);
  });

  for (const dir of ['ltr', 'rtl']) {
    it(`the button that shows a key lies beside its text, whatever its letters, in a page from ${dir}`, async () => {
      const harness = await openForm(`<div dir="${dir}"></div>`);
      const input = inputOf(harness) as HTMLInputElement;
      for (const value of ['', 'sk-1234', 'מפתח']) {
        input.value = value;
        const field = input.getBoundingClientRect();
        const button = harness.element.renderRoot.querySelector('.reveal')?.getBoundingClientRect() as DOMRect;
        const { paddingLeft, paddingRight } = getComputedStyle(input);
        const isLeft = button.left - field.left < field.right - button.right;
        const room = Number.parseFloat(isLeft ? paddingLeft : paddingRight);
        expect(isLeft).to.equal(dir === 'rtl');
        expect(room).to.be.at.least(isLeft ? button.right - field.left - 1 : field.right - button.left - 1);
      }
    });
  }

  it('the direction is followed when the page changes it', async () => {
    const harness = await mountLoaded({ accounts: [connectedAccount()], around: '<div dir="ltr"></div>' });
    const isBefore = () => {
      const [icon, button] = [harness.part('icon'), harness.part('menu-button')].map((box) =>
        box?.getBoundingClientRect(),
      );
      return (icon?.left ?? 0) < (button?.left ?? 0);
    };
    expect(isBefore()).to.equal(true);
    harness.element.parentElement?.setAttribute('dir', 'rtl');
    expect(isBefore()).to.equal(false);
    harness.element.parentElement?.setAttribute('dir', 'ltr');
    expect(isBefore()).to.equal(true);
  });

  it('fields are at least 16 px high in text where a finger points, or iOS zooms in', async () => {
    const sheets = (await openForm()).element.shadowRoot?.adoptedStyleSheets ?? [];
    const rules = sheets.flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSMediaRule);
    const coarse = rules.find(({ conditionText }) => conditionText === '(pointer: coarse)');
    expect(coarse?.cssText).to.match(/input, textarea \{ font-size: max\(16px, 1em\) !important; \}/);
  });

  it('nothing overflows at 320 px', async () => {
    await setViewport({ width: 320, height: 640 });
    const harness = await openForm();
    expect(harness.part('form')?.getBoundingClientRect().right).to.be.at.most(320);
    await setViewport({ width: 800, height: 600 });
  });
});

describe('shortcuts of a page', () => {
  usePopups();

  /** Listens as shortcut libraries do. Returns what was heard, and a function that stops. */
  function listenForShortcuts(capture: boolean) {
    const heard: string[] = [];
    const listening = new AbortController();
    const hear = (event: Event) => {
      const { key } = event as KeyboardEvent;
      heard.push(key);
      // The target is the element, so the library sees no field.
      if (key.length === 1) event.preventDefault();
    };
    for (const type of ['keydown', 'keypress', 'keyup'])
      document.addEventListener(type, hear, { capture, signal: listening.signal });
    return { heard, stop: () => listening.abort() };
  }

  it('a page does not hear what is typed into a field, but the keys that move and close', async () => {
    const harness = await openForm();
    const { heard, stop } = listenForShortcuts(false);
    inputOf(harness)?.focus();
    await sendKeys({ type: 'sk-?/g e' });
    expect(inputOf(harness)?.value).to.equal('sk-?/g e');
    expect(heard).to.deep.equal([]);
    await sendKeys({ press: 'Tab' });
    expect(heard).to.include('Tab');
    stop();
  });

  it('no letter is lost to a page that listens before the field does', async () => {
    const harness = await openForm();
    const { stop } = listenForShortcuts(true);
    inputOf(harness)?.focus();
    await sendKeys({ type: 'sk-g' });
    stop();
    expect(inputOf(harness)?.value).to.equal('sk-g');
  });

  it('no letter is doubled that an input method composes, in a page that listens before the field does', async () => {
    const harness = await openForm();
    const { stop } = listenForShortcuts(true);
    const event = { key: 'k', keyCode: 229, bubbles: true, composed: true, cancelable: true };
    inputOf(harness)?.dispatchEvent(new KeyboardEvent('keydown', event));
    stop();
    expect(inputOf(harness)?.value).to.equal('');
  });

  it('the search and the name of an account are kept from shortcuts too', async () => {
    const list = await mountLoadedList({ accounts: [connectedAccount()], attributes: { searchable: '' } });
    const { heard, stop } = listenForShortcuts(false);
    list.find('[part~="search"]')?.focus();
    await sendKeys({ type: 'octo' });
    await list.act('ca_1', 'Rename');
    await sendKeys({ type: 'w' });
    stop();
    expect(list.find('[part~="search"]')).to.have.property('value', 'octo');
    expect(heard.filter((key) => key.length === 1)).to.deep.equal([]);
  });

  it('a shortcut with Ctrl is still heard', async () => {
    const harness = await openForm();
    const { heard, stop } = listenForShortcuts(false);
    inputOf(harness)?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true, composed: true }),
    );
    stop();
    expect(heard).to.deep.equal(['k']);
  });
});

describe('a focus trap of a page', () => {
  usePopups();

  /** Pulls the focus back into a box, as dialogs of libraries do. Returns how often it did. */
  function trapFocus(box: Element | null) {
    const trapping = new AbortController();
    let pulled = 0;
    const onFocus = ({ target }: Event) => {
      if (!(target instanceof Node) || box?.contains(target)) return;
      pulled += 1;
      box?.querySelector<HTMLElement>('button')?.focus();
    };
    document.addEventListener('focusin', onFocus, { signal: trapping.signal });
    return { count: () => pulled, stop: () => trapping.abort() };
  }

  it('the focus stays in the form, the menu and the question of an element in a trap', async () => {
    const around = '<div role="dialog"><button>Close</button><span data-here></span></div>';
    const form = await openForm(around);
    const trap = trapFocus(form.element.closest('[role="dialog"]'));
    inputOf(form)?.focus();
    await sendKeys({ type: 'sk' });
    expect(inputOf(form)?.value).to.equal('sk');
    trap.stop();
    const harness = await mountLoaded({ accounts: [connectedAccount()], around });
    const other = trapFocus(harness.element.closest('[role="dialog"]'));
    harness.click('menu-button');
    await waitUntil(() => harness.element.shadowRoot?.activeElement?.getAttribute('role') === 'menuitem', 'the menu');
    await sendKeys({ press: 'ArrowUp' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => harness.element.shadowRoot?.activeElement?.closest('[role="alertdialog"]'), 'the question');
    expect([trap.count(), other.count()]).to.deep.equal([0, 0]);
    other.stop();
  });
});

describe('the address of a page', () => {
  usePopups();

  for (const [base, url, expected] of [
    ['https://cdn.example/theme/', '/api/connect', '/api/connect'],
    ['https://cdn.example/theme/', 'api/connect?x=1', '/theme/api/connect?x=1'],
    ['//cdn.example/', '/api/connect', '/api/connect'],
    ['javascript:alert(1)', '/api/connect', '/api/connect'],
    ['data:text/html,x', '/api/connect', '/api/connect'],
    ['/deep/app/', 'api', '/deep/app/api'],
    ['/deep/app/', '/api', '/api'],
    // `fetch` refuses a name and a password, which a page behind Basic authentication may have in its address.
    [`//user:secret@${location.host}/deep/`, '/api', '/api'],
    [`//user:secret@${location.host}/deep/`, 'api', '/deep/api'],
  ] as const) {
    it(`an endpoint ${url} under <base href="${base}"> stays on the page's own origin`, () => {
      const undo = addToHead('base', base);
      expect(onPage(url)).to.equal(`${location.origin}${expected}`);
      undo();
    });
  }

  it('an endpoint that names its host is used as it is', () => {
    const undo = addToHead('base', 'https://cdn.example/');
    for (const url of ['https://api.example.com/connect', 'HTTP://localhost:3000/x'])
      expect(onPage(url)).to.equal(new URL(url).href);
    expect(onPage('//api.example.com/connect')).to.match(/^https?:\/\/api\.example\.com\/connect$/);
    undo();
  });

  it('a <base> of another origin gets neither the token nor a typed key', async () => {
    const { fetch } = window;
    const asked: string[] = [];
    window.fetch = (input) => {
      asked.push(String(input));
      return Promise.resolve(new Response('{}', { status: 404 }));
    };
    const undo = addToHead('base', 'https://attacker.example/');
    const { element } = await mountLoaded({ properties: { client: undefined, sessionToken: 'canary' } });
    const list = await mountLoadedList({ properties: { client: undefined, sessionToken: 'canary' } });
    void element.connect();
    await waitUntil(() => asked.some((url) => url.includes('/link')));
    undo();
    window.fetch = fetch;
    list.element.remove();
    element.remove();
    expect(asked.map((url) => new URL(url).origin)).to.deep.equal(asked.map(() => location.origin));
  });

  it('a page is known by its own origin in a document from a blob', async () => {
    const blob = URL.createObjectURL(new Blob(['<!doctype html><p>'], { type: 'text/html' }));
    const frame = await fixture<HTMLIFrameElement>(`<iframe src="${blob}"></iframe>`);
    await waitUntil(() => frame.contentDocument?.querySelector('p'));
    // The address of a blob cannot be a base.
    expect(() => new URL('/api/connect', frame.contentDocument?.baseURI)).to.throw();
    const undo = addToHead('base', blob);
    expect(onPage('/api/connect')).to.equal(`${location.origin}/api/connect`);
    undo();
    URL.revokeObjectURL(blob);
  });
});

describe('the language of a page', () => {
  usePopups();

  for (const [lang, label] of [
    ['de_AT', 'GitHub verbinden'],
    [' DE-at ', 'GitHub verbinden'],
    ['AR', 'ربط GitHub'],
    ['EN', 'Connect GitHub'],
    ['zh-hant-tw', '連結 GitHub'],
    ['zh-cmn-Hant-TW', '連結 GitHub'],
    ['zh_Hans-CN', '连接 GitHub'],
    ['zh_Hans_HK', '连接 GitHub'],
    ['pt', 'Conectar GitHub'],
    ['pt_PT.UTF-8', 'Conectar GitHub'],
    ['no', 'Koble til GitHub'],
    ['iw-IL', 'חיבור GitHub'],
    ['de_DE@euro', 'GitHub verbinden'],
    ['en-US-posix', 'Connect GitHub'],
    ['fil', 'Connect GitHub'],
    ['xx-invalid-', 'Connect GitHub'],
    ['constructor', 'Connect GitHub'],
    ['{{ locale }}', 'Connect GitHub'],
    ['', 'Connect GitHub'],
  ] as const) {
    it(`lang="${lang}" is understood, or read as English`, async () => {
      const harness = await mountLoaded({ around: `<div lang="${lang}"></div>` });
      const list = await mountLoadedList({ accounts: [connectedAccount()], around: `<div lang="${lang}"></div>` });
      await waitUntil(() => harness.text('label') === label, label);
      expect(list.find('time')?.textContent).not.to.equal('');
    });
  }
});

describe('the dates of a page whose language tag is none', () => {
  for (const [lang, age] of [
    ['de', 'vor 2 Jahren'],
    ['de_DE.UTF-8', 'vor 2 Jahren'],
    ['de-DE,de;q=0.9', 'vor 2 Jahren'],
    ['de-', 'vor 2 Jahren'],
    ['pt-br.utf8', 'há 2 anos'],
    ['tr_TR@currency=TRY', '2 yıl önce'],
    ['english!', '2 years ago'],
  ] as const) {
    it(`dates have the language of the words in lang="${lang}"`, async () => {
      const createdAt = new Date(Date.now() - 800 * 86_400_000).toISOString();
      const accounts = [connectedAccount({ createdAt, updatedAt: createdAt })];
      const list = await mountLoadedList({ accounts, around: `<div lang="${lang}"></div>` });
      await waitUntil(() => list.find('time')?.textContent?.includes(age), age);
    });
  }
});

describe('storage that is full', () => {
  usePopups();

  it('an account connects without it', async () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('Full.', 'QuotaExceededError');
    };
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    Storage.prototype.setItem = setItem;
  });
});
