import { expect, waitUntil } from '@open-wc/testing';
import { mountList, mountLoadedList } from '../support/accounts-list-harness.js';
import { type ConnectAccountHarness, mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** What a page may have between the tags that shows nothing. */
const BLANK = {
  'a line break': '\n',
  'spaces and a comment': '  <!-- label -->  ',
  'a <br>': '<br>',
  'two <br> in a <p>': '<p><br><br></p>',
  'an empty <p> of a CMS': '<p></p>',
  'a <p> with a no-break space': '<p style="text-align: center">&nbsp;</p>',
  'a zero-width space': '\u200b\ufeff',
  'characters without a shape': '\u00ad\u2060\u200e\u3000\u2800\u3164\ufe0f',
  'control characters of old editors': '\u0085\u001c\u0007',
  'what an editor left of a picture': '\ufffc',
  'a no-break space and a <wbr>': '&nbsp;<wbr>&#8203;',
  'nested empty boxes': '<div><p><span> <b></b> </span></p></div>',
  'a template and a <noscript>': '<template>Words</template><noscript>Words</noscript>',
  'an empty slot of an outer component': '<slot name="label"></slot>',
  'a style sheet and a script': '<style>x {}</style><script type="text/plain">Words</script>',
  'an empty <span> with a class': '<span class="label"></span>',
  'a hidden <span>': '<span hidden>Words</span>',
  'a cloaked <span>': '<span style="display: none">Words</span>',
  'the comments of an empty template': '<!--?lit$1$--><!--?-->',
  'a description on a line of its own': '\n  <small slot="description">Reads issues only.</small>\n',
};

/** Returns the visible text of a box. */
// biome-ignore lint/performance/useDomNodeTextContent: hidden text must not count
const seen = (box: HTMLElement | null) => box?.innerText.trim() ?? '';

/** Replaces each text in a tree, as translators do: by other nodes, or by another text node. */
function translate(root: Node, replace: (text: Text) => void): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) if (text.data.trim() && !text.parentElement?.closest('style')) replace(text);
}

/** The ways of translators: Google's wraps a copy, others move the text node itself, or exchange it. */
const TRANSLATORS: Readonly<Record<string, (text: Text) => void>> = {
  'a translator that wraps a copy in <font>': (text) => {
    const font = document.createElement('font');
    font.innerHTML = '<font></font>';
    (font.firstChild as Element).textContent = `«${text.data.trim()}»`;
    text.replaceWith(font);
  },
  'a translator that moves the text into <font>': (text) => {
    const font = document.createElement('font');
    text.replaceWith(font);
    font.append(text);
    text.data = `«${text.data.trim()}»`;
  },
  'a translator that exchanges text nodes': (text) => {
    text.replaceWith(document.createTextNode(`«${text.data.trim()}»`));
  },
};

describe('the slots of <connect-account>', () => {
  usePopups();

  for (const [what, content] of Object.entries(BLANK)) {
    it(`the trigger has its own words beside ${what}`, async () => {
      const harness = await mountLoaded({ content });
      expect(harness.text('label')).to.equal('Connect GitHub');
      expect(harness.name).to.equal('Connect GitHub (opens a new window)');
    });
  }

  for (const [what, content] of Object.entries(BLANK)) {
    if (content.includes('slot=')) continue;
    it(`a slot icon and a slot error with nothing but ${what} keep the icon and the words`, async () => {
      const client = new MemoryClient();
      client.always('list', () => Promise.reject(httpFailure(403, 'forbidden')));
      const slotted = `<i slot="icon">${content}</i><div slot="error">${content}</div><div slot="error-forbidden">${content}</div>`;
      const harness = await mountLoaded({ client, content: slotted });
      expect(harness.text('error')).to.match(/permission/);
      expect(harness.element.renderRoot.querySelector('.link-sign')?.checkVisibility()).to.equal(true);
    });
  }

  it('a label is the whole name in a page that is invisible until it has its style sheets', async () => {
    const around = '<div style="visibility: hidden"></div>';
    const harness = await mountLoaded({ content: '<b>Verbinden</b>', around });
    await harness.element.updateComplete;
    (harness.element.parentElement as HTMLElement).style.visibility = '';
    expect(harness.trigger.textContent).not.to.contain('Connect GitHub');
  });

  it('our words name a trigger whose own label is invisible', async () => {
    const harness = await mountLoaded({ content: '<span style="visibility: hidden">Verbinden</span>' });
    await waitUntil(() => harness.name === 'Connect GitHub (opens a new window)', 'its name');
  });

  it('a picture alone is shown as the label, and named by our words', async () => {
    for (const picture of [
      `<img src="${PIXEL}" width="20" height="20">`,
      `<img src="${PIXEL}" alt="">`,
      '<svg width="20" height="20" aria-hidden="true"><title>logo</title></svg>',
      '<picture><img></picture>',
      '<x-icon></x-icon>',
      '<span style="background-image: url(about:blank)"></span>',
      '<span aria-hidden="true">→</span>',
    ]) {
      const harness = await mountLoaded({ content: picture });
      const slot = harness.element.renderRoot.querySelector('slot:not([name])');
      expect(slot?.parentElement?.checkVisibility(), picture).to.equal(true);
      expect(harness.trigger.textContent?.replaceAll(/\s+/g, ' ').trim(), picture).to.contain('Connect GitHub');
    }
  });

  it('a picture with a name is the whole name', async () => {
    const harness = await mountLoaded({ content: `<img src="${PIXEL}" alt="Link GitHub">` });
    expect(harness.trigger.textContent).not.to.contain('Connect GitHub');
  });

  it('an icon that a style sheet draws counts as content', async () => {
    const style = '<style>.fa::before { content: "\\2605" }</style>';
    const harness = await mountLoaded({ content: '<i slot="icon" class="fa"></i>', around: `<div>${style}</div>` });
    expect(harness.element.renderRoot.querySelector('.letter')).to.equal(null);
  });

  it('a text that comes later takes the place of our words, and gives it back', async () => {
    const harness = await mountLoaded({ content: '<span></span>' });
    const span = harness.element.querySelector('span');
    expect(harness.text('label')).to.equal('Connect GitHub');
    span?.append('Link');
    await waitUntil(() => harness.text('label') === '' && span?.checkVisibility({ visibilityProperty: true }));
    expect(harness.trigger.textContent).not.to.contain('Connect GitHub');
    span?.replaceChildren();
    await waitUntil(() => harness.text('label') === 'Connect GitHub');
    harness.element.append('Link');
    await waitUntil(() => harness.text('label') === '');
    (harness.element.lastChild as Text).data = ' ';
    await waitUntil(() => harness.text('label') === 'Connect GitHub');
  });

  it('a slot of an outer component counts by what is in it', async () => {
    const harness = await mountLoaded();
    const outer = document.createElement('div');
    outer.attachShadow({ mode: 'open' });
    harness.element.parentElement?.append(outer);
    outer.shadowRoot?.append(harness.element);
    const slot = document.createElement('slot');
    harness.element.append('\n', slot, '\n');
    outer.append('\n');
    await waitUntil(() => harness.text('label') === 'Connect GitHub');
    outer.append('Link');
    await waitUntil(() => harness.text('label') === '');
  });

  it('a slot of an outer component counts by what is in it, also within an element', async () => {
    const outer = document.createElement('div');
    outer.attachShadow({ mode: 'open' });
    const harness = await mountLoaded({ content: '<span><slot></slot></span>' });
    harness.element.parentElement?.append(outer);
    outer.shadowRoot?.append(harness.element);
    await waitUntil(() => harness.text('label') === 'Connect GitHub');
    outer.append('Link');
    await waitUntil(() => harness.text('label') === '');
    expect(harness.trigger.textContent).not.to.contain('Connect GitHub');
  });

  for (const [translator, replace] of Object.entries(TRANSLATORS)) {
    it(`the words are right in every phase after ${translator}`, async () => {
      const harness: ConnectAccountHarness = await mountLoaded();
      const translated = () => translate(harness.element.renderRoot, replace);
      translated();
      expect(harness.text('label')).to.equal('«Connect GitHub»');
      harness.client.next('link', () => Promise.reject(httpFailure(403, 'forbidden')));
      harness.trigger.click();
      await harness.reaches('failed');
      expect([harness.text('label'), harness.text('error')]).to.deep.equal([
        'Try again',
        'You don’t have permission to connect this account. Ask your administrator for access.',
      ]);
      translated();
      await harness.connect();
      expect(harness.text('label')).to.equal('Connecting…');
      expect(harness.text('status')).to.equal('Finish in the window that opened.');
      expect(harness.text('error')).to.equal('');
      translated();
      harness.report('ACTIVE');
      await harness.reaches('connected');
      expect(harness.name.replaceAll(/[«»]/g, '')).to.equal('GitHub: github_red-castle Connected');
      translated();
      harness.report('EXPIRED');
      harness.element.label = 'Link';
      harness.client.accounts = [];
      await harness.element.disconnect();
      await harness.reaches('ready');
      expect(harness.name).to.equal('Link (opens a new window)');
    });

    it(`a slotted label keeps its place after ${translator}`, async () => {
      const harness = await mountLoaded({ content: 'Link' });
      translate(harness.element, replace);
      await harness.element.updateComplete;
      expect(harness.text('label')).to.equal('');
      expect(harness.element.textContent).to.equal('«Link»');
    });
  }

  it('a form for credentials has the right words after a translation', async () => {
    const field = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
    const configs = [authConfig({ authScheme: 'API_KEY', fields: [field] })];
    const harness = await mountLoaded({ configs });
    harness.trigger.click();
    await harness.reaches('collecting-credentials');
    const replace = TRANSLATORS['a translator that wraps a copy in <font>'];
    if (replace) translate(harness.element.renderRoot, replace);
    harness.click('submit');
    await waitUntil(() => harness.text('field-error') !== '');
    expect(harness.text('field-error')).to.equal('Fill this in.');
  });
});

describe('the slots of <connected-accounts-list>', () => {
  for (const [what, content] of Object.entries(BLANK)) {
    if (content.includes('slot=')) continue;
    it(`the list has its own words in slots with nothing but ${what}`, async () => {
      const slots = ['empty', 'error', 'loading'].map((name) => `<div slot="${name}">${content}</div>`).join('\n');
      const empty = await mountLoadedList({ content: slots });
      expect(seen(empty.find('[part~="empty"]'))).to.equal('No accounts are connected yet.');
      const client = new MemoryClient();
      client.always('list', () => Promise.reject(httpFailure(403, 'forbidden')));
      const failed = await mountLoadedList({ client, content: slots });
      expect(seen(failed.find('[role="alert"]'))).to.match(/could not be loaded/);
      client.always('list', () => new Promise(() => {}));
      const loading = await mountList({ client, content: slots });
      await loading.until(() => client.count('list') > 1, 'the reading');
      expect(loading.find('.bone')?.checkVisibility()).to.equal(true);
    });
  }

  it('content in a slot takes the place of the words', async () => {
    const harness = await mountLoadedList({ content: '<p slot="empty">Nothing yet.</p>' });
    expect(seen(harness.find('[part~="empty"]'))).to.equal('');
    expect(harness.element.querySelector('p')?.checkVisibility()).to.equal(true);
  });

  it('the words of a row are right after a translation', async () => {
    for (const replace of Object.values(TRANSLATORS)) {
      const harness = await mountLoadedList({ accounts: [connectedAccount()] });
      translate(harness.root, replace);
      await harness.act('ca_1', '«Disable»');
      await harness.until(() => harness.text('ca_1', 'badge') === 'Disabled', 'the badge');
      expect(harness.actionsOf('ca_1')).to.include('Enable');
    }
  });
});
