import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startDemo } from '../../demo/start-demo.js';
import { FormBrowser } from './support/form-browser.js';

const demo = await startDemo({ binding: 'verifier' });
after(() => demo.close());

test('the demo with a verifier URL connects the user who is signed in', async () => {
  const { origin, emulator, provider } = demo;
  assert.ok(emulator && provider);
  const home = await fetch(`${origin}/settings/integrations`);
  const cookie = home.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  const post = (path: string, body: object) =>
    fetch(`${origin}/api/connect${path}`, {
      method: 'POST',
      headers: { cookie, origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  const link = await post('/connected-accounts/link', { authConfigId: 'ac_github' });
  const { id, redirectUrl } = (await link.json()) as { id: string; redirectUrl: string };
  const { url } = await new FormBrowser(emulator.origin, provider.origin).follow(redirectUrl);
  assert.deepEqual(
    [url.origin, url.pathname, [...url.searchParams.keys()]],
    [origin, '/api/connect/callback', ['session_uri']],
  );
  assert.equal(emulator.accounts.get(id)?.status, 'INITIATED');

  const bound = await post('/callback', { sessionUri: url.searchParams.get('session_uri') });
  assert.deepEqual(await bound.json(), { connectedAccountId: id, status: 'ACTIVE' });
});
