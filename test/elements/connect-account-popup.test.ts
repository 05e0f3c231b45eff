import { expect, waitUntil } from '@open-wc/testing';
import { mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase } from '../support/connect-account-phases.js';
import { typesOf } from '../support/expect-events.js';
import { usePopups } from '../support/stub-popups.js';

const LINK = 'https://connect.example.com/link/1';

describe('<connect-account> and its window', () => {
  const popups = usePopups();

  it('the window loses its opener, shows the waiting text, and goes to the link', async () => {
    const { connect } = await mountLoaded().then((harness) => ({ connect: () => harness.connect() }));
    await connect();
    const [popup] = popups.opened;
    expect(popup?.history).to.deep.equal(['opener = null', `replace ${LINK}`]);
    expect(popup?.document.title).to.equal('Opening GitHub…');
    expect(popup?.name).to.match(/^[\w-]{22}$/);
  });

  it('ten clicks open one window and focus it', async () => {
    const harness = await mountLoaded();
    for (let click = 0; click < 10; click++) harness.trigger.click();
    await harness.reaches('awaiting-authorization');
    expect(popups.opened).to.have.length(1);
    expect(popups.opened[0]?.history.filter((entry) => entry === 'focus')).to.have.length(9);
    expect(harness.client.count('link')).to.equal(1);
  });

  for (const redirectUrl of ['javascript:alert(document.domain)', 'data:text/html,x', 'https://user@evil.example']) {
    it(`the window is closed and never sent to ${redirectUrl}`, async () => {
      const harness = await mountLoaded();
      harness.client.next('link', () => ({ id: 'ca_1', status: 'INITIATED', redirectUrl, expiresAt: '2100-01-01' }));
      harness.trigger.click();
      await harness.reaches('failed');
      expect(popups.opened[0]?.history).to.deep.equal(['opener = null', 'close']);
      expect(harness.element.error?.code).to.equal('invalid_response');
      expect(harness.element.renderRoot.querySelector('a')).to.equal(null);
    });
  }

  it('Cancel closes the window', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.click('cancel');
    expect(popups.opened[0]?.closed).to.equal(true);
  });

  it('a success does not close the window at once', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(popups.opened[0]?.closed).to.equal(false);
  });

  it('a window that reads as closed for 2 s brings a question and Open again, and the attempt goes on', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const [first] = popups.opened;
    if (first) first.closed = true;
    await waitUntil(() => harness.part('reopen'), 'Open again', { timeout: 4000 });
    expect(harness.text('status')).to.equal('Window closed?');
    expect(harness.phase).to.equal('awaiting-authorization');
    harness.click('reopen');
    await harness.element.updateComplete;
    expect(popups.opened[1]?.history).to.deep.equal(['opener = null', `replace ${LINK}`]);
    expect(popups.opened[1]?.name).not.to.equal(first?.name);
    expect(harness.part('reopen')).to.equal(null);
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(typesOf(harness.events).at(-1)).to.equal('account-connected');
  }).timeout(8000);
});

describe('<connect-account> without a window', () => {
  const popups = usePopups();
  const linkOf = (harness: { part(name: string): HTMLElement | null }) => harness.part('link') as HTMLAnchorElement;

  it('a blocked window is replaced by a real link', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    const link = linkOf(harness);
    expect(link.href).to.equal(LINK);
    expect(link.target).to.equal('_blank');
    expect(link.rel).to.equal('noreferrer');
    expect(harness.text('link')).to.equal('Continue to GitHub (opens a new window)');
    expect(harness.text('status')).to.equal('Your browser blocked the window.');
  });

  it('a click on the link tries to open a window first', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    const click = new MouseEvent('click', { cancelable: true, bubbles: true, composed: true });
    linkOf(harness).dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
    expect(popups.opened[0]?.history).to.contain(`replace ${LINK}`);
    await harness.reaches('awaiting-authorization');
  });

  it('the browser follows the link when the window is blocked again, and the attempt waits', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    const link = linkOf(harness);
    const click = new MouseEvent('click', { cancelable: true, bubbles: true, composed: true });
    let followed = false;
    // At the document, last of all: this test page is to stay where it is.
    document.addEventListener(
      'click',
      (event) => {
        followed = !event.defaultPrevented;
        event.preventDefault();
      },
      { once: true },
    );
    link.dispatchEvent(click);
    expect(followed).to.equal(true);
    await harness.reaches('awaiting-authorization');
    expect(harness.text('status')).to.contain('Window closed?');
    expect(harness.part('reopen')).not.to.equal(null);
    harness.report('ACTIVE');
    await harness.reaches('connected');
  });

  it('a click with a modifier key is left to the browser', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    const click = new MouseEvent('click', { ctrlKey: true, cancelable: true });
    click.preventDefault();
    linkOf(harness).dispatchEvent(click);
    expect(popups.opened).to.have.length(0);
  });

  it('a window is opened again at a click on the trigger, and never by itself', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    harness.look();
    await harness.element.updateComplete;
    expect(popups.opened).to.have.length(0);
    harness.trigger.click();
    expect(popups.opened).to.have.length(1);
    await harness.reaches('awaiting-authorization');
  });

  it('the link is not shown after the end of the attempt', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    harness.click('cancel');
    await harness.reaches('ready');
    expect(harness.element.renderRoot.querySelector('a')).to.equal(null);
  });
});
