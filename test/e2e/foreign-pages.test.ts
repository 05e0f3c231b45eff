import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startHttpServer } from '../../demo/start-http-server.js';
import { connectSuite } from '../support/connect-suite.js';
import { waitUntil } from '../support/wait-until.js';

/** Runs in a page: sends changes to the endpoint in every way that a page has. */
async function sendEverything(endpoint: string, accountId: string): Promise<void> {
  const link = `${endpoint}/connected-accounts/link`;
  const account = `${endpoint}/connected-accounts/${accountId}`;
  const body = JSON.stringify({ authConfigId: 'ac_github' });
  const blob = (type: string) => new Blob([body], { type });
  const json = { 'content-type': 'application/json' };
  const send = (url: string, init: RequestInit) =>
    fetch(url, { method: 'POST', credentials: 'include', ...init }).catch(() => null);
  // The page may read nothing, so whether it was refused is seen at the server.
  await Promise.all([
    send(link, { mode: 'no-cors', body }),
    send(link, { mode: 'no-cors', body: blob('text/plain') }),
    send(link, { mode: 'no-cors', body: blob('application/json') }),
    send(link, { mode: 'no-cors', body: new URLSearchParams({ authConfigId: 'ac_github' }) }),
    send(link, { headers: json, body }),
    send(account, { method: 'PATCH', headers: json, body: JSON.stringify({ enabled: false }) }),
    send(account, { method: 'DELETE' }),
  ]);
  for (const type of ['text/plain', 'application/json']) navigator.sendBeacon(link, blob(type));
  // The name and the value of the field are JSON together.
  const form = `<form method="post" enctype="text/plain" action="${link}"><input name='{"authConfigId":"ac_github","x":"' value='"}'></form>`;
  const submit = '<script>document.forms[0].submit()</script>';
  const fetching = `<script>fetch('${link}', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '${body}' })</script>`;
  for (const [sandbox, content] of [
    [null, form + submit],
    ['allow-scripts allow-forms', fetching + form + submit],
  ] as const) {
    const frame = document.createElement('iframe');
    if (sandbox) frame.setAttribute('sandbox', sandbox);
    frame.srcdoc = content;
    document.body.append(frame);
  }
}

/** Requests without a preflight: four by `fetch`, a beacon, and a form here; a `fetch` and a form in the sandboxed frame. */
const POSTS = 8;

describe('changes from pages that are not of the app', () => {
  const suite = connectSuite();

  for (const [name, host] of [
    ['another site', '127.0.0.1'],
    ['another port, which sends the session cookie along,', 'localhost'],
  ] as const) {
    it(`a page of ${name} changes nothing by fetch, beacon, form or a sandboxed frame`, async () => {
      const sent: { readonly origin: string | null; readonly cookie: string | null }[] = [];
      await suite.startHost({
        intercept: (request, handle) => {
          const { headers, method } = request;
          if (method === 'POST') sent.push({ origin: headers.get('origin'), cookie: headers.get('cookie') });
          return handle(request);
        },
      });
      const { emulator, origin } = suite.host;
      const { id } = emulator.accounts.add({ userId: 'user_ada', authConfigId: 'ac_github' });
      await suite.profile.open(suite.host.page('', 'user_ada'));
      const site = await startHttpServer(
        () => (_, response) => void response.setHeader('content-type', 'text/html').end('<!doctype html><p>Win!</p>'),
        { host },
      );
      try {
        const window = await suite.profile.open(site.origin);
        await window.read(sendEverything, `${origin}/api/connect`, id);
        await waitUntil(() => sent.filter((one) => one.origin === 'null').length >= 2, 'the sandboxed frame');
        await waitUntil(() => suite.host.requests.filter(({ method }) => method === 'POST').length >= POSTS, 'all');
      } finally {
        await site.close();
      }
      assert.deepEqual([...new Set(suite.host.requests.map(({ status }) => status))], [403]);
      assert.equal(suite.host.requests.filter(({ method }) => method === 'PATCH' || method === 'DELETE').length, 0);
      assert.equal(
        sent.some(({ cookie }) => cookie?.includes('session=user_ada')),
        host === 'localhost',
      );
      assert.deepEqual(
        emulator.accounts.all().map((account) => [account.id, account.status]),
        [[id, 'ACTIVE']],
      );
      assert.equal(emulator.requests.length, 0);
    });
  }

  it('the same requests from a page of the app make a link', async () => {
    const { emulator, origin } = await suite.startHost({ pageHeaders: { 'content-security-policy': '' } });
    const { id } = emulator.accounts.add({ userId: 'user_grace', authConfigId: 'ac_github' });
    const window = await suite.profile.open(suite.host.page('', 'user_ada'));
    await window.read(sendEverything, `${origin}/api/connect`, id);
    await waitUntil(() => suite.host.requests.some(({ status }) => status === 201), 'a link');
    assert.ok(emulator.accounts.all().some(({ userId }) => userId === 'user_ada'));
  });
});
