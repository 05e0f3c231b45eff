import assert from 'node:assert/strict';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type AppProcess, createPackedApp, DESK_PACKAGES, type PackedApp } from '../support/packed-app.js';
import { waitUntil } from '../support/wait-until.js';

const ANY_PORTS = ['--port', '0'];

describe('npx connect-account in an empty folder with the packed package', () => {
  let app: PackedApp;
  before(() => {
    app = createPackedApp();
  });
  after(() => app?.close());

  const npx = (...args: string[]): AppProcess => app.start('npx', ['--no-install', 'connect-account', ...args]);
  const run = async (...args: string[]) => {
    const child = npx(...args);
    const code = await child.ended;
    return { code, output: child.output };
  };

  it('dev asks by name for the packages that are missing, with the npm command', async () => {
    const { code, output } = await run('dev');
    assert.equal(code, 1);
    assert.match(output, /npm install --save-dev @hono\/node-server oidc-provider openid-client\n/);
    assert.doesNotMatch(output, /\n\s+at /, 'there is no stack');
  });

  it('a mistake on the command line is answered with the fix', async () => {
    const mistakes: Array<[string[], RegExp]> = [
      [['deploy'], /There is no command "deploy"[\s\S]*connect-account dev/],
      [['dev', '--port', 'x'], /--port is "x"\. Give a number below 65536/],
      [['dev', '--colour'], /Unknown option '--colour'/],
      [['dev', '--auto-consent', 'mallory'], /Choose octocat or hubot/],
      [['dev', 'node', 'server.mjs'], /Write -- before the command.*dev -- node server\.mjs/],
      [['check'], /Give the URL of the endpoint/],
      [['check', 'localhost:3000'], /Give the URL of the endpoint/],
      [['check', 'http://127.0.0.1:9/api/connect'], /cannot be reached/],
      [['check', 'http://127.0.0.1:9/', '--only', 'nothing'], /There is no check "nothing"\. There are: callback-page/],
    ];
    for (const [args, expected] of mistakes) {
      const { code, output } = await run(...args);
      assert.equal(code, 1, args.join(' '));
      assert.match(output, expected);
      assert.doesNotMatch(output, /\n\s+at /, 'there is no stack');
    }
  });

  it('--help and --version say what there is', async () => {
    const help = await run('--help');
    assert.equal(help.code, 0);
    assert.match(help.output, /--port 4401[\s\S]*--provider-port 4402[\s\S]*--page-port 4403[\s\S]*--key ak_local/);
    assert.match((await run('--version')).output, /^\d+\.\d+\.\d+\s*$/);
  });

  describe('with these packages', () => {
    let desk: AppProcess;
    let composio: string;
    let page: string;
    let provider: string;
    before(async () => {
      app.install(...DESK_PACKAGES);
      desk = npx('dev', ...ANY_PORTS);
      await waitUntil(() => desk.output.includes('Ctrl-C') || desk.output.includes('at '), 'the desk has started');
      composio = /^COMPOSIO_BASE_URL=(\S+)$/m.exec(desk.output)?.[1] ?? '';
      page = /clock: (\S+)/.exec(desk.output)?.[1] ?? '';
      provider = /^OAuth provider: ([^\s,]+)/m.exec(desk.output)?.[1] ?? '';
    });
    after(() => desk?.stop());

    const post = (path: string, form: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      fetch(`${page}${path}`, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
    const list = () => fetch(`${composio}/api/v3/auth_configs`, { headers: { 'x-api-key': 'ak_local' } });

    it('dev prints both variables, and the auth configs', async () => {
      assert.match(desk.output, /^COMPOSIO_BASE_URL=http:\/\/127\.0\.0\.1:\d+$/m);
      assert.match(desk.output, /^COMPOSIO_API_KEY=ak_local$/m);
      for (const id of ['ac_github', 'ac_slack', 'ac_firecrawl', 'ac_hackernews']) assert.ok(desk.output.includes(id));
      assert.equal((await list()).status, 200);
    });

    it('the pages of Composio and of the provider have their styles in any folder', async () => {
      for (const url of [`${composio}/hosted.css`, `${provider}/provider.css`, `${page}/desk.css`]) {
        const response = await fetch(url);
        assert.equal(response.status, 200, url);
        assert.match(await response.text(), /font/);
      }
    });

    it('the page plans a failure and ends it', async () => {
      assert.equal(
        (await post('/failures', { route: 'authConfigs.list', kind: 'rate_limited', times: '1' })).status,
        303,
      );
      assert.match(await (await fetch(page)).text(), /list auth configs: 429, too many requests, 1 more/);
      assert.equal((await list()).status, 429);
      assert.equal((await list()).status, 200);
      await post('/failures', { route: '*', kind: 'server_error', times: '' });
      assert.equal((await list()).status, 500);
      await post('/failures/end');
      assert.equal((await list()).status, 200);
      assert.equal((await post('/failures', { route: '*', kind: 'earthquake' })).status, 400);
    });

    it('the page shows every knob that it set, and resets all', async () => {
      const before = await (await fetch(page)).text();
      const names = [...before.matchAll(/<(?:input|select)[^>]* name="(\w+)"/g)].map(([, name]) => name);
      for (const name of [
        'latency',
        'activationDelay',
        'denyLinks',
        'crossOriginOpenerPolicy',
        'autoConsent',
        'consent',
      ])
        assert.ok(names.includes(name), `${name} is on the page`);
      await post('/knobs', {
        latency: '1500',
        denyLinks: 'on',
        autoConsent: 'hubot',
        crossOriginOpenerPolicy: 'same-origin',
      });
      const set = await (await fetch(page)).text();
      assert.match(set, /name="latency" value="1500"/);
      assert.match(set, /name="denyLinks" checked/);
      assert.match(set, /<option value="hubot" selected>/);
      await post('/reset');
      assert.equal(await (await fetch(page)).text(), before);
    });

    it('a script sets one knob and leaves the others', async () => {
      await post('/knobs', { latency: '300' });
      await post('/knobs', { denyLinks: 'on' });
      const set = await (await fetch(page)).text();
      assert.match(set, /name="latency" value="300"/);
      assert.match(set, /name="denyLinks" checked/);
      await post('/reset');
    });

    it('the page adds sample accounts, ends one and disables an auth config', async () => {
      await post('/samples', { userId: 'user_<b>' });
      const html = await (await fetch(page)).text();
      assert.ok(html.includes('user_&lt;b&gt;'));
      const [, id = ''] = /action="\/accounts\/(ca_\w+)"/.exec(html) ?? [];
      assert.equal((await post(`/accounts/${id}`, { action: 'REVOKED' })).status, 303);
      assert.equal((await post(`/accounts/${id}`, { action: 'delete' })).status, 303);
      assert.ok(!(await (await fetch(page)).text()).includes(id));
      assert.equal((await post(`/accounts/${id}`, { action: 'delete' })).status, 404);
      const disabled = () => list().then(async (response) => !(await response.text()).includes('"ac_github"'));
      assert.equal(await disabled(), false);
      await post('/auth-configs/ac_github');
      assert.equal(await disabled(), true, 'Composio lists only those that are enabled');
      await post('/auth-configs/ac_github');
      assert.equal(await disabled(), false);
    });

    it('another site can neither change a knob nor use a name that leads here', async () => {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      assert.equal((await post('/knobs', { latency: '9000' }, headers)).status, 403);
      const { port } = new URL(page);
      assert.equal(await getStatus(`http://127.0.0.1:${port}/`, { host: `evil.example:${port}` }), 403);
    });

    it('a port in use is said with a way out, and nothing keeps running', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await waitUntil(() => taken.address() !== null, 'it listens');
      const { port } = taken.address() as AddressInfo;
      const { code, output } = await run('dev', ...ANY_PORTS, '--page-port', String(port));
      taken.close();
      assert.equal(code, 1);
      assert.match(output, new RegExp(`Port ${port} is in use\\..*--port`));
    });

    it('dev runs a command with both variables and ends with its exit code', async () => {
      const program =
        "console.log('got', process.env.COMPOSIO_API_KEY, process.env.COMPOSIO_BASE_URL); process.exit(7)";
      const { code, output } = await run(
        'dev',
        ...ANY_PORTS,
        '--key',
        'ak_mine',
        '--',
        process.execPath,
        '-e',
        program,
      );
      assert.equal(code, 7);
      assert.match(output, /got ak_mine http:\/\/127\.0\.0\.1:\d+/);
      assert.equal((await run('dev', ...ANY_PORTS, '--', 'no-such-program')).code, 1);
    });
  });
});

/** Sends a GET with a Host header, which `fetch` does not allow. */
function getStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}
