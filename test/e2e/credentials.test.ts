import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectAccountPage } from '../support/connect-account-page.js';
import { connectSuite } from '../support/connect-suite.js';
import { consent, signIn } from '../support/provider-window.js';
import { waitUntil } from '../support/wait-until.js';

const KEY_FILE = '{"type":"service_account","project_id":"demo","private_key":"-----BEGIN PRIVATE KEY-----"}';

/** Every kind of credential that the form asks for, against a real handler and an emulated Composio. */
describe('connecting by what the user types', () => {
  const suite = connectSuite();

  const open = (toolkit: string, more = ''): Promise<ConnectAccountPage> =>
    suite.open(`user-id="user_ada" auth-config-id="ac_${toolkit}" ${more}`);

  async function fill(page: ConnectAccountPage, field: string, text: string): Promise<void> {
    await page.window.click('connect-account', `[data-field="${field}"]`);
    await page.window.type(text);
  }

  const focusedField = (page: ConnectAccountPage): Promise<string | null | undefined> =>
    page.window.read(() =>
      document.querySelector('connect-account')?.shadowRoot?.activeElement?.getAttribute('data-field'),
    );

  /** The record that Composio holds once the account is connected. */
  async function connectedAccount(page: ConnectAccountPage) {
    const { detail } = await page.event('account-connected');
    const { account } = detail as { account: { id: string; status: string } };
    assert.equal(account.status, 'ACTIVE');
    await page.reaches('connected');
    const ends = (await page.events()).filter(({ type }) => /-(?:connected|error|cancel)$/.test(type));
    assert.equal(ends.length, 1);
    assert.deepEqual(await page.problems(), []);
    const kept = suite.host.emulator.accounts.get(account.id);
    assert.ok(kept);
    return kept;
  }

  it('an API key connects without the characters copied along and with the hidden default', async () => {
    const page = await open('firecrawl');
    await page.clickTrigger();
    await waitUntil(async () => (await focusedField(page)) === 'generic_api_key', 'the focus in the first field');
    await page.window.type('  fc-1234\u200b ');
    await page.clickPart('submit');
    const { val } = await connectedAccount(page);
    assert.equal(val['generic_api_key'], 'fc-1234');
    assert.equal(val['base_url'], 'https://api.firecrawl.dev');
    assert.equal(val['version'], 'v2');
    assert.deepEqual(await suite.profile.windows(), [page.window]);
  });

  it('a refused API key leads back to the form, and the next one connects', async () => {
    suite.host.emulator.knobs.rejectedCredentials.add('fc-wrong');
    const page = await open('firecrawl');
    await page.clickTrigger();
    await fill(page, 'generic_api_key', 'fc-wrong');
    await page.window.press('Enter');
    await waitUntil(async () => /did not accept these details/.test(await page.text()), 'the reason');
    await page.reaches('collecting-credentials');
    assert.deepEqual(
      (await page.events()).map(({ type }) => type),
      ['account-connect-start'],
    );

    await page.window.read(() => {
      const input = document.querySelector('connect-account')?.shadowRoot?.querySelector('input');
      input?.select();
    });
    await page.window.type('fc-right');
    await page.window.press('Enter');
    const { val } = await connectedAccount(page);
    assert.equal(val['generic_api_key'], 'fc-right');
  });

  it('a missing value is reported at its field, and nothing is sent', async () => {
    const page = await open('twilio');
    await page.clickTrigger();
    await fill(page, 'username', 'AC42');
    await page.window.press('Enter');
    await waitUntil(async () => /Fill this in/.test(await page.text()), 'the reason');
    await waitUntil(async () => (await focusedField(page)) === 'password', 'the focus on the field');
    assert.deepEqual(
      suite.host.requests.filter(({ method }) => method === 'POST'),
      [],
    );
  });

  it('a user name and a password connect, and the spaces of the password are kept', async () => {
    const page = await open('twilio');
    await page.clickTrigger();
    await fill(page, 'username', ' AC42 ');
    await fill(page, 'password', ' secret ');
    await page.window.press('Enter');
    const { val } = await connectedAccount(page);
    assert.equal(val['username'], 'AC42');
    assert.equal(val['password'], ' secret ');
  });

  it('a bearer token connects', async () => {
    const page = await open('cloudflare');
    await page.clickTrigger();
    await fill(page, 'token', 'cf-1234');
    await page.clickPart('submit');
    const { val } = await connectedAccount(page);
    assert.equal(val['token'], 'cf-1234');
  });

  it('a service account key is checked before it is sent, and connects', async () => {
    const page = await open('googlebigquery');
    await page.clickTrigger();
    await fill(page, 'credentials_json', KEY_FILE.slice(0, -1));
    await page.clickPart('submit');
    await waitUntil(async () => /JSON is incomplete/.test(await page.text()), 'the reason');
    assert.deepEqual(
      suite.host.requests.filter(({ method }) => method === 'POST'),
      [],
    );

    await fill(page, 'credentials_json', '}');
    await page.clickPart('submit');
    const { val } = await connectedAccount(page);
    assert.equal(val['credentials_json'], KEY_FILE);
  });

  it('an app without authentication connects at once', async () => {
    const page = await open('hackernews');
    await page.clickTrigger();
    await connectedAccount(page);
    assert.deepEqual(await suite.profile.windows(), [page.window]);
  });

  it('an OAuth app that needs a subdomain asks for it first and opens the window at the submit', async () => {
    const page = await open('zendesk');
    await page.clickTrigger();
    await page.reaches('collecting-credentials');
    assert.deepEqual(await suite.profile.windows(), [page.window]);
    await fill(page, 'subdomain', 'acme');
    await page.clickPart('submit');
    const popup = await page.popup();
    await signIn(popup);
    await consent(popup);
    const { val } = await connectedAccount(page);
    assert.equal(val['subdomain'], 'acme');
  });

  it('a key is typed on the hosted page when credentials-form is "hosted"', async () => {
    const page = await open('firecrawl', 'credentials-form="hosted"');
    await page.clickTrigger();
    const popup = await page.popup();
    await popup.click('#generic_api_key');
    await popup.type('fc-hosted');
    await popup.click('button[value="continue"]');
    const { val } = await connectedAccount(page);
    assert.equal(val['generic_api_key'], 'fc-hosted');
  });

  it('ten presses of Enter send the form once', async () => {
    suite.host.emulator.knobs.latency = { 'accounts.create': 1000 };
    const page = await open('cloudflare');
    await page.clickTrigger();
    await fill(page, 'token', 'cf-1234');
    for (let hit = 1; hit <= 10; hit += 1) await page.window.press('Enter');
    await connectedAccount(page);
    assert.equal(suite.host.emulator.accounts.all().length, 1);
    assert.equal(suite.host.requests.filter(({ method }) => method === 'POST').length, 1);
  });
});
