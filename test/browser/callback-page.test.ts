import { expect, waitUntil } from '@open-wc/testing';
import { runCallbackPage } from '../../src/browser/run-callback-page.js';
import { refusalKey } from '../../src/core/model/callback-message.js';
import { briefingKey, CALLBACK_CHANNEL, returnKey } from '../../src/core/model/callback-protocol.js';
import en from '../../src/messages/en.js';
import { type CallbackFrame, openCallbackFrame } from './callback-frame.js';

const ATTEMPT = 'attempt-of-128-bits';
const FLOW = `connect_attempt=${ATTEMPT}&state=st.a.te&status=success&connected_account_id=ca_1`;
const CLOSE_HINT = 'You can close this window.';

describe('the callback page', () => {
  let frame: CallbackFrame;
  let messages: unknown[];
  let channel: BroadcastChannel;

  beforeEach(() => {
    messages = [];
    channel = new BroadcastChannel(CALLBACK_CHANNEL);
    channel.addEventListener('message', ({ data }) => messages.push(data));
  });

  afterEach(() => {
    channel.close();
    frame.remove();
    localStorage.clear();
    sessionStorage.clear();
  });

  /** Messages cross processes. Once a message that was sent later arrives, all earlier ones have arrived too. */
  async function heard(): Promise<unknown[]> {
    const arrived = new Promise((resolve) => {
      channel.addEventListener('message', ({ data }) => data === 'end' && resolve(data));
    });
    const sender = new BroadcastChannel(CALLBACK_CHANNEL);
    sender.postMessage('end');
    await arrived;
    sender.close();
    return messages.filter((message) => message !== 'end');
  }

  const message = { type: 'connect-account:callback', attempt: ATTEMPT };

  it('first removes the parameters of the flow from the address and keeps the others', async () => {
    frame = await openCallbackFrame(`?tab=2&${FLOW}&error=x&session_uri=se&connectedAccountId=ca_2#part`);
    let addressAtReport = '';
    frame.answer(() => {
      addressAtReport = frame.page.location.href;
      return new Response('{}');
    });
    await runCallbackPage(frame.page);
    expect(addressAtReport).to.equal(`${location.origin}${frame.path}?tab=2#part`);
    expect(frame.page.history.length).to.equal(history.length);
  });

  it('posts to its own path with the verifier, which it keeps', async () => {
    localStorage.setItem(briefingKey(ATTEMPT), JSON.stringify({ verifier: 'the verifier' }));
    frame = await openCallbackFrame(`?${FLOW}`);
    await runCallbackPage(frame.page);
    expect(frame.requests.length).to.equal(1);
    expect(frame.requests[0]?.url).to.equal(frame.path);
    expect(frame.requests[0]?.init).to.deep.include({ method: 'POST', credentials: 'include' });
    expect(frame.requests[0]?.body).to.deep.equal({
      connectedAccountId: 'ca_1',
      state: 'st.a.te',
      bindingVerifier: 'the verifier',
    });
    expect(localStorage.getItem(briefingKey(ATTEMPT))).to.contain('the verifier');
  });

  it('takes the briefing from the own storage of its window first', async () => {
    localStorage.setItem(briefingKey(ATTEMPT), JSON.stringify({ verifier: 'of another partition' }));
    sessionStorage.setItem(briefingKey(ATTEMPT), JSON.stringify({ verifier: 'of this window' }));
    frame = await openCallbackFrame(`?${FLOW}`);
    await runCallbackPage(frame.page);
    expect(frame.requests[0]?.body).to.deep.include({ bindingVerifier: 'of this window' });
  });

  it('speaks the language of the page that began', async () => {
    const texts = { lang: 'de', finishing: 'Wird abgeschlossen…', browser_mismatch: 'In einem anderen Browser.' };
    localStorage.setItem(briefingKey(ATTEMPT), JSON.stringify({ texts }));
    frame = await openCallbackFrame(`?${FLOW}`);
    let before = '';
    frame.answer(() => {
      before = frame.words();
      return Response.json({ error: { code: 'browser_mismatch' } }, { status: 403 });
    });
    await runCallbackPage(frame.page);
    expect([before, frame.words()]).to.deep.equal([texts.finishing, texts.browser_mismatch]);
    expect(frame.page.document.querySelector('[lang=de]')?.textContent).to.equal(texts.browser_mismatch);
  });

  it('has the same English texts as the elements', async () => {
    const answers = {
      [en.errors.browser_mismatch]: 'browser_mismatch',
      [en.errors.link_expired.replace('{app}', en.unknownApp)]: 'link_expired',
      [en.callback.refused]: 'not_found',
    };
    for (const [words, code] of Object.entries(answers)) {
      frame?.remove();
      frame = await openCallbackFrame(`?${FLOW}`);
      frame.answer(() => Response.json({ error: { code } }, { status: 400 }));
      await runCallbackPage(frame.page);
      expect(frame.words()).to.equal(words);
    }
  });

  it('sends a report that outlives the window', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    await runCallbackPage(frame.page);
    expect(frame.requests[0]?.init.keepalive).to.equal(true);
  });

  it('sends the report once more when it is closed between two tries', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    frame.answer(() => new Response('', { status: 503 }));
    const done = runCallbackPage(frame.page);
    await waitUntil(() => frame.requests.length === 1);
    await heard();
    frame.page.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(frame.requests.length).to.equal(2);
    expect(frame.requests[1]).to.deep.include({ body: frame.requests[0]?.body });
    frame.answer(() => new Response('{}'));
    frame.runTimersAtOnce();
    frame.advance(500);
    await done;
    frame.page.dispatchEvent(new PageTransitionEvent('pagehide'));
    expect(frame.requests.length).to.equal(3);
  });

  it('sends the same report after a reload while it was pending, and none after it was answered', async () => {
    sessionStorage.setItem(briefingKey(ATTEMPT), JSON.stringify({ verifier: 'the verifier' }));
    frame = await openCallbackFrame(`?${FLOW}`);
    frame.answer(() => new Promise(() => {}));
    void runCallbackPage(frame.page);
    const sent = frame.requests[0]?.body;
    expect(sent).to.deep.equal({ connectedAccountId: 'ca_1', state: 'st.a.te', bindingVerifier: 'the verifier' });
    frame.remove();
    frame = await openCallbackFrame('');
    await runCallbackPage(frame.page);
    expect(frame.requests.map(({ body }) => body)).to.deep.equal([sent]);
    expect(await heard()).to.deep.equal([message]);
    frame.remove();
    frame = await openCallbackFrame('');
    await runCallbackPage(frame.page);
    expect(frame.requests).to.deep.equal([]);
  });

  it('runs once, although both its script and the elements run it', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    await Promise.all([runCallbackPage(frame.page), runCallbackPage(frame.page)]);
    expect(frame.requests.length).to.equal(1);
  });

  it('reads the other spelling of the account id, and the session of a verifier URL', async () => {
    frame = await openCallbackFrame('?connectedAccountId=ca_2&session_uri=session_1');
    await runCallbackPage(frame.page);
    expect(frame.requests[0]?.body).to.deep.equal({ connectedAccountId: 'ca_2', sessionUri: 'session_1' });
    expect(await heard()).to.deep.equal([{ type: 'connect-account:callback' }]);
  });

  it('posts to the endpoint that the page names', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    const meta = frame.page.document.createElement('meta');
    meta.name = 'connect-account-endpoint';
    meta.content = '/elsewhere/';
    frame.page.document.head.append(meta);
    await runCallbackPage(frame.page);
    expect(frame.requests[0]?.url).to.equal('/elsewhere/callback');
  });

  it('tells waiting elements once the backend has responded, closes, then says that the window can be closed', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    let heardBefore: unknown[] = ['not asked'];
    frame.answer(async () => {
      heardBefore = await heard();
      return new Response('{}');
    });
    await runCallbackPage(frame.page);
    expect(heardBefore).to.deep.equal([]);
    expect(await heard()).to.deep.equal([message]);
    expect(frame.closed()).to.equal(true);
    expect(frame.words()).to.equal('Finishing…');
    frame.advance(500);
    expect(frame.words()).to.equal(CLOSE_HINT);
    expect(frame.phase()).to.equal('done');
  });

  it('shows that another browser or user started the flow, tells the elements, and stays open', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    frame.answer(() => Response.json({ error: { code: 'browser_mismatch' } }, { status: 403 }));
    await runCallbackPage(frame.page);
    expect(await heard()).to.deep.equal([message]);
    expect(frame.words()).to.match(/^This was started in another browser or by another user/);
    expect([frame.phase(), frame.closed(), frame.requests.length]).to.deep.equal(['failed', false, 1]);
    expect(localStorage.getItem(refusalKey(ATTEMPT))).to.contain('browser_mismatch');
  });

  for (const status of [400, 401, 404]) {
    it(`does not repeat a report that was refused with ${status}`, async () => {
      frame = await openCallbackFrame(`?${FLOW}`);
      frame.answer(() => new Response('<html>', { status }));
      await runCallbackPage(frame.page);
      expect(frame.words()).to.equal(en.callback.refused);
      expect(frame.requests.length).to.equal(1);
    });
  }

  it('repeats a report after temporary failures and tells the elements after each try', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    const statuses = [0, 500, 503, 429, 425, 408, 200];
    frame.answer(() => {
      const status = statuses.shift();
      if (status === 0) throw new TypeError('network');
      return new Response('{}', { status: status ?? 200 });
    });
    frame.runTimersAtOnce();
    await runCallbackPage(frame.page);
    expect(frame.requests.length).to.equal(7);
    expect(await heard()).to.deep.equal(Array(7).fill(message));
    expect(frame.closed()).to.equal(true);
  });

  it('gives up after 30 s with a message', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    frame.answer(() => new Response('', { status: 502 }));
    frame.runTimersAtOnce();
    await runCallbackPage(frame.page);
    expect(frame.now()).to.be.within(20_000, 30_000);
    expect(frame.words()).to.equal(en.callback.unreachable);
    expect(frame.closed()).to.equal(false);
  });

  it('tells the elements to poll after 3 s if the backend hangs', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    let respond: (response: Response) => void = () => {};
    frame.answer(() => new Promise((resolve) => (respond = resolve)));
    const done = runCallbackPage(frame.page);
    frame.advance(2999);
    expect(await heard()).to.deep.equal([]);
    frame.advance(1);
    expect(await heard()).to.deep.equal([message]);
    respond(new Response('{}'));
    await done;
    expect(await heard()).to.deep.equal([message, message]);
  });

  it('returns to the page that the user came from in redirect mode', async () => {
    sessionStorage.setItem(returnKey(ATTEMPT), `${location.origin}/test/browser/callback-page.html?settings=1`);
    frame = await openCallbackFrame(`?${FLOW}`);
    const loaded = frame.nextLoad();
    await runCallbackPage(frame.page);
    await loaded;
    expect(frame.page.location.search).to.equal('?settings=1');
    expect(sessionStorage.getItem(returnKey(ATTEMPT))).to.equal(null);
  });

  for (const address of [
    'https://evil.example/',
    '//evil.example/',
    'javascript:alert(1)',
    'http://[',
    'data:text/html,x',
  ]) {
    it(`does not return to ${address}`, async () => {
      sessionStorage.setItem(returnKey(ATTEMPT), address);
      frame = await openCallbackFrame(`?${FLOW}`);
      await runCallbackPage(frame.page);
      expect(frame.closed()).to.equal(true);
    });
  }

  it('works without storage and without BroadcastChannel', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    const denied = {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    Object.defineProperties(frame.page, {
      localStorage: denied,
      sessionStorage: denied,
      BroadcastChannel: { value: undefined },
    });
    await runCallbackPage(frame.page);
    expect(frame.requests[0]?.body).to.deep.equal({ connectedAccountId: 'ca_1', state: 'st.a.te' });
    expect(frame.closed()).to.equal(true);
  });

  it('also fires a storage event that names the attempt and nothing else', async () => {
    frame = await openCallbackFrame(`?${FLOW}`);
    const event = new Promise<StorageEvent>((resolve) => {
      window.addEventListener(
        'storage',
        (event) => event.newValue && event.storageArea === localStorage && resolve(event),
      );
    });
    await runCallbackPage(frame.page);
    expect(JSON.parse((await event).newValue ?? '')).to.deep.equal(message);
    expect(localStorage.getItem('connect-account:callback')).to.equal(null);
  });

  it('reports nothing when it was opened by hand', async () => {
    frame = await openCallbackFrame('');
    await runCallbackPage(frame.page);
    frame.advance(500);
    expect([frame.requests.length, frame.words()]).to.deep.equal([0, CLOSE_HINT]);
  });

  it('shows nothing of the address, and adds an element for its message if there is none', async () => {
    frame = await openCallbackFrame('?error=<img src=x>&status=failed&state=<b>');
    frame.page.document.querySelector('[data-connect-account-message]')?.remove();
    frame.answer(() => Response.json({ error: { code: '<i>', message: '<u>' } }, { status: 400 }));
    await runCallbackPage(frame.page);
    expect(frame.words()).to.equal(en.callback.refused);
    expect(frame.page.document.querySelectorAll('[role=status]').length).to.equal(1);
    expect(frame.page.document.querySelectorAll('img, b, i, u').length).to.equal(0);
  });
});
