import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { ConnectAccountPage } from '../../support/connect-account-page.js';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { waitUntil } from '../../support/wait-until.js';

const CANARY = 'sk_CANARY_4f2a';
const FIRECRAWL = 'user-id="user_ada" auth-config-id="ac_firecrawl"';

/** Runs in the page: returns every place where a secret could be left, as one text. */
function everythingKept(): string {
  const markup = (root: ParentNode): string =>
    [...root.querySelectorAll('*')]
      .map((element) => {
        const value = 'value' in element ? String(element.value) : '';
        const attributes = [...element.attributes].map((attribute) => attribute.value).join(' ');
        return `${attributes} ${value} ${element.shadowRoot ? markup(element.shadowRoot) : ''} ${element.textContent}`;
      })
      .join('\n');
  const element = document.querySelector('connect-account');
  return [
    markup(document),
    location.href,
    document.cookie,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(history.state),
    JSON.stringify(element?.state),
    JSON.stringify(globalThis.pageRecord),
    performance
      .getEntries()
      .map(({ name }) => name)
      .join(' '),
  ].join('\n');
}

/** Runs in the page: returns the attributes of the input for the key and the method of its form, if they are drawn. */
function readKeyInput(): Record<string, string> | undefined {
  const root = document.querySelector('connect-account')?.shadowRoot;
  const input = root?.querySelector<HTMLInputElement>('[data-field="generic_api_key"]');
  if (!input?.form) return undefined;
  const attributes = Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value]));
  return { ...attributes, method: input.form.method };
}

describe('a key that the user types', () => {
  const suite = connectSuite();

  async function type(page: ConnectAccountPage): Promise<void> {
    await page.clickTrigger();
    await page.window.click('connect-account', '[data-field="generic_api_key"]');
    await page.window.type(CANARY);
  }

  hardCase(40, 'a key is in its input and in the body of one request, and nowhere afterwards', async () => {
    const seen: string[] = [];
    await suite.startHost({
      intercept: async (request, handle) => {
        const { method, url, headers } = request;
        seen.push(`${method} ${url} ${JSON.stringify([...headers])}`, `body ${await request.clone().text()}`);
        const response = await handle(request);
        seen.push(`answer ${JSON.stringify([...response.headers])} ${await response.clone().text()}`);
        return response;
      },
    });
    const page = await suite.open(FIRECRAWL);
    await type(page);
    await page.clickPart('submit');
    await page.reaches('connected');
    const withIt = seen.filter((text) => text.includes(CANARY));
    assert.equal(withIt.length, 1);
    assert.match(withIt[0] ?? '', /^body \{/);
    assert.equal((await page.window.read(everythingKept)).includes(CANARY), false);
  });

  hardCase(40, 'a key is gone after a refusal that ends the attempt and after Cancel', async () => {
    const page = await suite.open(FIRECRAWL);
    await type(page);
    assert.equal((await page.window.read(everythingKept)).includes(CANARY), true);
    await page.clickPart('cancel');
    await page.reaches('ready');
    assert.equal((await page.window.read(everythingKept)).includes(CANARY), false);

    suite.host.emulator.knobs.failures.push({ route: 'accounts.create', kind: 'server_error' });
    await type(page);
    await page.clickPart('submit');
    await page.reaches('failed');
    assert.equal((await page.window.read(everythingKept)).includes(CANARY), false);
  });

  hardCase(40, 'a key is gone from a page that the browser keeps in its back/forward cache', async () => {
    await suite.startHost({ pageHeaders: { 'cache-control': 'no-cache' } });
    const page = await suite.open(FIRECRAWL);
    await type(page);
    await page.window.goto(suite.host.page('<p>Another page</p>', 'user_ada'));
    await page.window.goBack();
    await waitUntil(() => page.window.read(() => document.querySelector('connect-account') !== null), 'the page');
    assert.equal((await page.window.read(everythingKept)).includes(CANARY), false);
  });

  hardCase(41, 'the input of a key keeps password managers away and can show the key', async () => {
    const page = await suite.open(FIRECRAWL);
    await page.clickTrigger();
    // The form is a part of its own, which may come after the click.
    const asked = await waitUntil(() => page.window.read(readKeyInput), 'the form is drawn');
    const { type: inputType, autocomplete, spellcheck, method } = asked;
    assert.deepEqual([inputType, autocomplete, spellcheck, method], ['password', 'off', 'false', 'post']);
    for (const name of ['data-1p-ignore', 'data-lpignore', 'data-bwignore', 'data-form-type']) assert.ok(name in asked);
    assert.equal('name' in asked, false);
  });

  hardCase(42, 'the characters copied along with a key are removed', async () => {
    const page = await suite.open(FIRECRAWL);
    await page.clickTrigger();
    await page.window.click('connect-account', '[data-field="generic_api_key"]');
    await page.window.type(' \u200bsk_1234\ufeff\u00ad ');
    await page.clickPart('submit');
    const { detail } = await page.event('account-connected');
    const { id } = (detail as { account: { id: string } }).account;
    assert.equal(suite.host.emulator.accounts.get(id)?.val['generic_api_key'], 'sk_1234');
  });

  hardCase(43, 'a key is sent once when it is submitted repeatedly', async () => {
    suite.host.emulator.knobs.latency = { 'accounts.create': 1000 };
    const page = await suite.open(FIRECRAWL);
    await type(page);
    for (let hit = 1; hit <= 10; hit += 1) await page.window.press('Enter');
    await page.event('account-connected');
    assert.equal(suite.host.emulator.accounts.all().length, 1);
    assert.equal(suite.host.requests.filter(({ method }) => method === 'POST').length, 1);
  });
});
