import { expect, waitUntil } from '@open-wc/testing';
import { mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase } from '../support/connect-account-phases.js';
import { typesOf } from '../support/expect-events.js';
import { usePopups } from '../support/stub-popups.js';

const LINK = 'https://connect.example.com/link/1';

describe('<connect-account> and its window', () => {
  const popups = usePopups();

  it('loses its opener, shows what it waits for, and is sent on once there is a link', async () => {
    const { connect } = await mountLoaded().then((harness) => ({ connect: () => harness.connect() }));
    await connect();
    const [popup] = popups.opened;
    expect(popup?.history).to.deep.equal(['opener = null', `replace ${LINK}`]);
    expect(popup?.document.title).to.equal('Opening GitHub…');
    expect(popup?.name).to.match(/^[\w-]{22}$/);
  });

  it('ten clicks open one, and bring it to the front', async () => {
    const harness = await mountLoaded();
    for (let click = 0; click < 10; click++) harness.trigger.click();
    await harness.reaches('awaiting-authorization');
    expect(popups.opened).to.have.length(1);
    expect(popups.opened[0]?.history.filter((entry) => entry === 'focus')).to.have.length(9);
    expect(harness.client.count('link')).to.equal(1);
  });

  for (const redirectUrl of ['javascript:alert(document.domain)', 'data:text/html,x', 'https://user@evil.example']) {
    it(`is closed, and never sent to ${redirectUrl}`, async () => {
      const harness = await mountLoaded();
      harness.client.next('link', () => ({ id: 'ca_1', status: 'INITIATED', redirectUrl, expiresAt: '2100-01-01' }));
      harness.trigger.click();
      await harness.reaches('failed');
      expect(popups.opened[0]?.history).to.deep.equal(['opener = null', 'close']);
      expect(harness.element.error?.code).to.equal('invalid_response');
      expect(harness.element.renderRoot.querySelector('a')).to.equal(null);
    });
  }

  it('is closed by Cancel', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.click('cancel');
    expect(popups.opened[0]?.closed).to.equal(true);
  });

  it('is left alone by a success', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(popups.opened[0]?.closed).to.equal(false);
  });

  it('that reads as closed for 2 s: a question, Open again and Cancel; and the attempt goes on', async () => {
    const harness = await mountLoaded();
    await harness.connect();
    const [first] = popups.opened;
    if (first) first.closed = true;
    await waitUntil(() => harness.part('reopen'), 'Open again', { timeout: 4000 });
    expect(harness.text('status')).to.equal('Window closed? Open it again to finish, or cancel.');
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

  it('puts a real link in its place', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    const link = linkOf(harness);
    expect(link.href).to.equal(LINK);
    expect(link.target).to.equal('_blank');
    expect(link.rel).to.equal('noreferrer');
    expect(harness.text('link')).to.equal('Continue to GitHub (opens a new window)');
    expect(harness.text('status')).to.equal('Your browser blocked the window. Open it here:');
  });

  it('tries a window of its own first when the link is clicked, which may be allowed by then', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    const click = new MouseEvent('click', { cancelable: true, bubbles: true, composed: true });
    linkOf(harness).dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
    expect(popups.opened[0]?.history).to.contain(`replace ${LINK}`);
    await harness.reaches('awaiting-authorization');
  });

  it('lets the link go where the window is refused again, and waits', async () => {
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
    expect(harness.text('status')).to.contain('in another window');
    expect(harness.part('reopen')).not.to.equal(null);
    harness.report('ACTIVE');
    await harness.reaches('connected');
  });

  it('leaves a click with a modifier key to the browser', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    const click = new MouseEvent('click', { ctrlKey: true, cancelable: true });
    click.preventDefault();
    linkOf(harness).dispatchEvent(click);
    expect(popups.opened).to.have.length(0);
  });

  it('tries again when the trigger is clicked, and never by itself', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    popups.blocked = false;
    harness.look();
    await harness.element.updateComplete;
    expect(popups.opened).to.have.length(0);
    harness.trigger.click();
    expect(popups.opened).to.have.length(1);
    await harness.reaches('awaiting-authorization');
  });

  it('shows the link nowhere once the attempt has ended', async () => {
    const harness = await mountInPhase('popup-blocked', popups);
    harness.click('cancel');
    await harness.reaches('ready');
    expect(harness.element.renderRoot.querySelector('a')).to.equal(null);
  });
});
