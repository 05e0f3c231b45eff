import { expect } from '@open-wc/testing';
import { AccountMenuHarness, mountWithMenu } from '../support/account-menu-harness.js';
import { accountsOfAges } from '../support/account-pages.js';
import { mountLoadedList } from '../support/accounts-list-harness.js';
import { recordAnnouncements } from '../support/announcements.js';
import { type MountOptions, mount, mountLoaded } from '../support/connect-account-harness.js';
import { authConfig, connectedAccount, httpFailure, MemoryClient } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

const FIELD = { name: 'api_key', displayName: 'API key', description: '', type: 'string', required: true };
const KEY_CONFIG = authConfig({ authScheme: 'API_KEY', fields: [{ ...FIELD, isSecret: true }] });
const EXPIRED = { status: 'EXPIRED', wasActive: true } as const;

describe('what <connect-account> tells a screen reader', () => {
  const popups = usePopups();
  useWarnings();

  async function listenTo(options: MountOptions = {}) {
    const harness = await mountLoaded(options);
    return { harness, heard: recordAnnouncements(harness.element) };
  }

  it('loading, ready and connected at load are told by the trigger alone', async () => {
    for (const accounts of [[], [connectedAccount()], [connectedAccount({ status: 'REVOKED' })]]) {
      const harness = await mount({ accounts });
      const heard = recordAnnouncements(harness.element);
      await harness.reaches(
        accounts[0] ? (accounts[0].status === 'ACTIVE' ? 'connected' : 'needs-attention') : 'ready',
      );
      expect(heard).to.deep.equal([]);
    }
  });

  it('a connection is told in one sentence a phase', async () => {
    const { harness, heard } = await listenTo();
    await harness.connect();
    harness.client.always('get', () => new Promise(() => {}));
    harness.callback();
    await harness.reaches('confirming');
    expect(heard).to.deep.equal([
      'status: Opening GitHub…',
      'status: Finish in the window that opened.',
      'status: Waiting for GitHub to confirm…',
    ]);
  });

  it('the end of a connection is told once, however often the server is asked', async () => {
    const { harness, heard } = await listenTo();
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    harness.look();
    harness.callback();
    await harness.element.updateComplete;
    expect(heard.slice(1)).to.deep.equal(['status: Finish in the window that opened.', 'status: GitHub is connected.']);
  });

  it('a second connection with allow-multiple is told again in the same words', async () => {
    const { harness, heard } = await listenTo({ attributes: { 'allow-multiple': '' } });
    for (let time = 1; time <= 2; time += 1) {
      await harness.connect();
      harness.report('ACTIVE', { id: `ca_new_${time}` });
      await harness.reaches('ready');
    }
    expect(heard.filter((text) => text === 'status: GitHub is connected.')).to.have.length(2);
  });

  it('a blocked window is told with what to do', async () => {
    popups.blocked = true;
    const { harness, heard } = await listenTo();
    await harness.connect();
    expect(heard.slice(-1)).to.deep.equal(['status: Your browser blocked the window.']);
    expect(harness.text('link')).to.equal('Continue to GitHub (opens a new window)');
  });

  it('a cancelled attempt is told once', async () => {
    const { harness, heard } = await listenTo();
    await harness.connect();
    harness.click('cancel');
    await harness.reaches('ready');
    expect(heard.slice(-1)).to.deep.equal(['status: Connecting GitHub was cancelled.']);
    expect(new Set(heard).size).to.equal(heard.length);
  });

  for (const [status, text] of [
    ['FAILED', 'GitHub was not connected: access was not granted. You can try again.'],
    ['EXPIRED', 'The time to sign in to GitHub has run out. Please try again.'],
  ] as const) {
    it(`a connection that ends as ${status} interrupts, once`, async () => {
      const { harness, heard } = await listenTo();
      await harness.connect();
      harness.report(status);
      await harness.reaches('failed');
      expect(heard.slice(2)).to.deep.equal([`alert: ${text}`]);
    });
  }

  it('an element that cannot load interrupts, once', async () => {
    const client = new MemoryClient();
    client.always('list', () => Promise.reject(httpFailure(403, 'forbidden')));
    const harness = await mount({ client });
    const heard = recordAnnouncements(harness.element);
    await harness.reaches('failed');
    expect(heard).to.have.length(1);
    expect(heard[0]).to.match(/^alert: .*permission/);
  });

  it('an element that its page has not set up interrupts, once', async () => {
    const harness = await mount({ attributes: { 'user-id': '' } });
    const heard = recordAnnouncements(harness.element);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await harness.reaches('misconfigured');
    expect(heard).to.deep.equal([
      'alert: This connection is not set up correctly. Please contact the site’s support team.',
    ]);
  });

  it('a key is told by the form alone, then its sending and its end', async () => {
    const { harness, heard } = await listenTo({ configs: [KEY_CONFIG] });
    harness.trigger.click();
    await harness.reaches('collecting-credentials');
    expect(heard).to.deep.equal([]);
    const input = harness.element.renderRoot.querySelector<HTMLInputElement>('[data-field]');
    if (input) input.value = 'sk_test';
    input?.form?.requestSubmit();
    await harness.reaches('connected');
    expect(heard).to.deep.equal([
      'status: Connecting GitHub…',
      'status: Waiting for GitHub to confirm…',
      'status: GitHub is connected.',
    ]);
  });

  it('a refused key interrupts once, with the reason', async () => {
    const client = new MemoryClient();
    client.always('initiate', () => Promise.reject(httpFailure(400, 'invalid_credentials')));
    const { harness, heard } = await listenTo({ client, configs: [KEY_CONFIG] });
    harness.trigger.click();
    await harness.reaches('collecting-credentials');
    const input = harness.element.renderRoot.querySelector<HTMLInputElement>('[data-field]');
    if (input) input.value = 'sk_wrong';
    input?.form?.requestSubmit();
    await harness.reaches('submitting');
    await harness.reaches('collecting-credentials');
    expect(heard).to.deep.equal([
      'status: Connecting GitHub…',
      'alert: GitHub did not accept these details. Check them and try again.',
    ]);
  });

  for (const [item, told] of [
    ['Disable', 'status: octocat is disabled.'],
    ['Disconnect', 'status: octocat is disconnected.'],
    ['Rename', 'status: The name was saved.'],
  ] as const) {
    it(`${item} is told once it is done`, async () => {
      const menu = await mountWithMenu();
      const heard = recordAnnouncements(menu.harness.element);
      await menu.open();
      await menu.choose(item);
      if (item === 'Disconnect') await menu.choose('Disconnect');
      if (item === 'Rename') await menu.rename('work');
      await menu.rest();
      expect(heard).to.deep.equal([told]);
    });
  }

  it('an action that fails interrupts, once', async () => {
    const menu = new AccountMenuHarness(await mountLoaded({ accounts: [connectedAccount()] }));
    menu.harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    const heard = recordAnnouncements(menu.harness.element);
    await menu.open();
    await menu.choose('Disable');
    await menu.rest();
    expect(heard).to.have.length(1);
    expect(heard[0]).to.match(/^alert: “Disable” did not work\./);
  });
});

describe('what <connected-accounts-list> tells a screen reader', () => {
  usePopups();
  useWarnings();

  async function listenTo(...given: Parameters<typeof mountLoadedList>) {
    const harness = await mountLoadedList(...given);
    const heard = recordAnnouncements(harness.element);
    const act = async (action: string) => {
      harness.row('ca_0').querySelector<HTMLElement>(`[data-action="${action}"]`)?.click();
      await harness.element.updateComplete;
    };
    return { harness, heard, act };
  }

  it('the next page is told by the number of accounts', async () => {
    const { harness, heard } = await listenTo({ accounts: accountsOfAges(3), attributes: { limit: '2' } });
    await harness.press('Show more');
    await harness.until(() => harness.rows.length === 3, 'the next page');
    expect(heard).to.deep.equal(['status: Accounts shown: 3']);
  });

  it('a search is told by the number of accounts', async () => {
    const { harness, heard } = await listenTo({ accounts: accountsOfAges(3), attributes: { searchable: '' } });
    const box = harness.find('[part~="search"]') as HTMLInputElement;
    box.value = 'nobody';
    box.dispatchEvent(new InputEvent('input'));
    await harness.element.updateComplete;
    expect(heard).to.deep.equal(['status: Accounts shown: 0']);
  });

  it('a reconnect is told in one sentence a phase', async () => {
    const { harness, heard, act } = await listenTo({ accounts: accountsOfAges(1, EXPIRED) });
    await act('reconnect');
    await harness.until(() => /Finish in the window/.test(heard.join()), 'the window');
    const created = harness.client.accounts.at(-1)?.id ?? '';
    harness.client.change(created, { status: 'ACTIVE', displayName: 'octocat' });
    window.dispatchEvent(new Event('online'));
    await harness.until(() => /connected/.test(heard.join()), 'the end');
    expect(heard).to.deep.equal([
      'status: Opening GitHub…',
      'status: Finish in the window that opened.',
      'status: octocat is connected again.',
    ]);
  });

  for (const [action, told] of [
    ['disable', 'status: octocat is disabled.'],
    ['disconnect', 'status: octocat is disconnected.'],
  ] as const) {
    it(`the action ${action} is told once it is done`, async () => {
      const { harness, heard, act } = await listenTo({ accounts: accountsOfAges(2) });
      await act(action);
      if (action === 'disconnect') {
        await harness.until(() => harness.find('[part~="confirm"]') !== null, 'the question');
        harness.find('[part~="confirm"] [data-action="disconnect"]')?.click();
      }
      await harness.until(() => heard.length > 0, 'the end');
      expect(heard).to.deep.equal([told]);
    });
  }

  it('an action that fails again is told again in the same words', async () => {
    const { harness, heard, act } = await listenTo({ accounts: accountsOfAges(1) });
    const fail = () => harness.client.next('disable', () => Promise.reject(httpFailure(502, 'upstream_error')));
    fail();
    await act('disable');
    await harness.until(() => heard.length === 1, 'the first failure');
    fail();
    await harness.press('Try again');
    await harness.until(() => heard.length === 2, 'the second failure');
    expect(heard[1]).to.equal(heard[0]);
  });

  it('two accounts of the same name that are disconnected are both told', async () => {
    const { harness, heard } = await listenTo({ accounts: accountsOfAges(3) });
    for (const id of ['ca_0', 'ca_1']) {
      await harness.act(id, 'Disconnect');
      harness.find('[part~="confirm"] [data-action="disconnect"]')?.click();
      await harness.until(() => !harness.ids.includes(id), 'the row is gone');
    }
    expect(heard).to.deep.equal(['status: octocat is disconnected.', 'status: octocat is disconnected.']);
  });

  it('a name that is refused is told once, by its form', async () => {
    const { harness, heard } = await listenTo({ accounts: accountsOfAges(1) });
    harness.client.next('update', () => Promise.reject(httpFailure(409, 'alias_taken')));
    await harness.act('ca_0', 'Rename');
    (harness.find('input#alias') as HTMLInputElement).form?.requestSubmit();
    await harness.until(() => harness.find('input#alias')?.ariaInvalid === 'true', 'the refusal');
    await harness.element.updateComplete;
    expect(heard).to.deep.equal(['alert: Another account already has this name. Choose a different name.']);
  });

  it('a page that fails interrupts, once', async () => {
    const { harness, heard } = await listenTo({ accounts: accountsOfAges(3), attributes: { limit: '2' } });
    harness.client.next('list', () => Promise.reject(httpFailure(502, 'upstream_error')));
    await harness.press('Show more');
    await harness.until(() => harness.element.error !== null, 'the failure');
    expect(heard).to.have.length(1);
    expect(heard[0]).to.match(/^alert: /);
  });
});
