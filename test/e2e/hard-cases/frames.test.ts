import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { type FramedPage, type FrameOptions, openFramedPage } from '../../support/framed-page.js';
import { engineUnderTest } from '../../support/launch-browser.js';
import { authorize } from '../../support/provider-window.js';
import { waitUntil } from '../../support/wait-until.js';

const GITHUB = '<connect-account user-id="user_ada" auth-config-id="ac_github"></connect-account>';
const ALLOWED = 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox';
const without = (token: string): string =>
  ALLOWED.split(' ')
    .filter((one) => one !== token)
    .join(' ');

describe('in a frame', () => {
  const suite = connectSuite();
  let page: FramedPage | undefined;
  afterEach(() => page?.close());

  const open = async (options: FrameOptions): Promise<FramedPage> => {
    page = await openFramedPage(suite.profile, suite.host.framePage(GITHUB, 'user_ada'), options);
    return page;
  };
  const isConnected = ({ events }: { events: readonly { type: string }[] }): boolean =>
    events.some(({ type }) => type === 'account-connected');

  for (const policy of [undefined, 'same-origin']) {
    hardCase(
      21,
      `a frame of another site connects by polling, ${policy ? 'with' : 'without'} a Cross-Origin-Opener-Policy`,
      async () => {
        if (policy) suite.host.provider.knobs.crossOriginOpenerPolicy = { login: policy, consent: policy };
        // The user is signed in to the host, in a tab of it; the frame has a session token.
        await (await suite.profile.open(suite.host.page('', 'user_ada'))).close();
        const framed = await open({});
        await framed.clickTrigger();
        await authorize(await framed.popup());
        const { events } = await framed.until(isConnected, 'connected');
        assert.equal(events.filter(({ type }) => /^account-connect(?:ed|-error|-cancel)$/.test(type)).length, 1);
      },
    );
  }

  hardCase(22, 'a frame of another site that signs in by a token alone connects, in Chromium and Firefox', async () => {
    const framed = await open({});
    await framed.clickTrigger();
    const popup = await framed.popup();
    await authorize(popup);
    const bound = () => suite.host.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/callback'));
    const { status } = await waitUntil(bound, 'the callback page asks the backend');
    // The verifier is in the own storage of the window.
    if (engineUnderTest() !== 'webkit') assert.equal(status, 200);
    if (status === 200) await framed.until(isConnected, 'connected');
    else {
      assert.equal(status, 403);
      const said = () => popup.read(() => document.body.textContent ?? '');
      await waitUntil(async () => /in another browser or by another user/.test(await said()), 'the words');
      assert.deepEqual(suite.host.emulator.accounts.all(), []);
    }
  });

  hardCase(11, 'a sandboxed frame with all required permissions connects', async () => {
    await (await suite.profile.open(suite.host.page('', 'user_ada'))).close();
    const framed = await open({ sandbox: ALLOWED });
    await framed.clickTrigger();
    await authorize(await framed.popup());
    await framed.until(isConnected, 'connected');
  });

  const inOwnPage = (body: string): string => suite.host.page(body);
  for (const [what, sandbox, outerPage] of [
    ['without windows', without('allow-popups'), undefined],
    ['without windows, in a page of the host', without('allow-popups'), inOwnPage],
    [
      'with windows that inherit its sandbox, in a page of the host',
      without('allow-popups-to-escape-sandbox'),
      inOwnPage,
    ],
    ['without an origin', without('allow-same-origin'), undefined],
  ] as const) {
    hardCase(11, `a frame sandboxed ${what} shows the precise error`, async () => {
      await suite.startHost({ pageHeaders: { 'content-security-policy': 'default-src http: https:' } });
      const framed = await open({ sandbox, ...(outerPage && { outerPage }) });
      if ((await framed.report()).phase === 'ready') await framed.clickTrigger();
      const { code, words } = await framed.until(({ phase }) => phase === 'misconfigured', 'misconfigured');
      assert.equal(code, 'invalid_configuration');
      assert.match(words, /can’t be opened from this frame\. Open this page in its own tab/);
      assert.deepEqual(suite.host.emulator.accounts.all(), []);
    });
  }
});
