import { expect, waitUntil } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { type MountOptions, mountLoaded } from '../support/connect-account-harness.js';
import { mountInPhase, PHASES } from '../support/connect-account-phases.js';
import { connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** Pages of both kinds, as far as contrast is concerned. */
const SCHEMES = {
  light: '<div style="color-scheme: light; background: #ffffff; padding: 16px"></div>',
  dark: '<div style="color-scheme: dark; background: #14161a; padding: 16px"></div>',
};

describe('<connect-account> for everybody: axe finds nothing', () => {
  const popups = usePopups();
  useWarnings();

  for (const [scheme, around] of Object.entries(SCHEMES)) {
    for (const phase of PHASES) {
      it(`${phase}, ${scheme}`, async () => {
        const { element } = await mountInPhase(phase, popups, { around });
        await expect(element).to.be.accessible();
      });
    }

    it(`with Open again, ${scheme}`, async () => {
      const harness = await mountInPhase('popup-blocked', popups, { around });
      harness.part('link')?.addEventListener('click', (event) => event.preventDefault());
      harness.click('link');
      await harness.reaches('awaiting-authorization');
      expect(harness.part('reopen')).not.to.equal(null);
      await expect(harness.element).to.be.accessible();
    });

    it(`disabled, ${scheme}`, async () => {
      const { element } = await mountLoaded({ around, attributes: { disabled: '' } });
      await expect(element).to.be.accessible();
    });
  }
});

describe('<connect-account> for who cannot see it', () => {
  const popups = usePopups();

  /** The live regions, by their role. */
  async function withRegions(options: MountOptions = {}) {
    const harness = await mountLoaded(options);
    const region = (role: string) => harness.element.renderRoot.querySelector(`[role=${role}]`) as HTMLElement;
    const says = (role: string) => region(role).textContent?.replaceAll(/\s+/g, ' ').trim();
    return { harness, region, says };
  }

  it('has both live regions, empty, before there is anything to say, and keeps them', async () => {
    const { harness, region, says } = await withRegions();
    expect([says('status'), says('alert')]).to.deep.equal(['', '']);
    const [status, alert] = [region('status'), region('alert')];
    await harness.connect();
    harness.report('FAILED');
    await harness.reaches('failed');
    expect([region('status'), region('alert')]).to.deep.equal([status, alert]);
  });

  it('says politely what is going on, and how it ended', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    expect(says('status')).to.equal('Finish signing in to GitHub in the window that opened.');
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(says('status')).to.equal('GitHub is connected.');
    expect(says('alert')).to.equal('');
  });

  it('says that it was called off', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    harness.click('cancel');
    await harness.reaches('ready');
    expect(says('status')).to.equal('Connecting GitHub was cancelled.');
  });

  it('says at once what went wrong and what to do, and nothing else', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    harness.report('FAILED');
    await harness.reaches('failed');
    expect(says('alert')).to.equal('GitHub was not connected: access was not granted. You can try again.');
    expect(says('status')).to.equal('');
  });

  it('says nothing of an account that was there at load, and nothing at each poll', async () => {
    const { harness, says, region } = await withRegions({ accounts: [connectedAccount({ status: 'EXPIRED' })] });
    expect([says('status'), says('alert')]).to.deep.equal(['', '']);
    await harness.connect();
    let changes = 0;
    new MutationObserver((records) => {
      changes += records.length;
    }).observe(region('status'), { characterData: true, childList: true, subtree: true });
    harness.look();
    await waitUntil(() => harness.client.count('get') === 1, 'a poll');
    await harness.element.updateComplete;
    expect(changes).to.equal(0);
  });

  it('names the trigger by app, state and what a click does', async () => {
    const { harness } = await withRegions({ accounts: [connectedAccount({ status: 'EXPIRED' })] });
    expect(harness.name).to.equal('GitHub: Reconnect Access expired (opens a new window)');
    const off = await mountLoaded({ accounts: [connectedAccount({ status: 'INACTIVE' })] });
    expect(off.name).to.equal('GitHub: Enable Disabled');
  });

  it('has targets of at least 24 by 24 pixels', async () => {
    for (const phase of ['popup-blocked', 'awaiting-authorization', 'connected'] as const) {
      const { element } = await mountInPhase(phase, popups);
      for (const target of element.renderRoot.querySelectorAll('button, a')) {
        const { width, height } = target.getBoundingClientRect();
        expect(Math.min(width, height), `${target.getAttribute('part')} in ${phase}`).to.be.at.least(24);
      }
    }
  });
});

describe('<connect-account> in other modes of seeing', () => {
  const popups = usePopups();
  afterEach(() => emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' }));

  it('stands still where motion is to be reduced', async () => {
    const { element } = await mountInPhase('preparing', popups);
    const spinner = element.renderRoot.querySelector('.spinner') as HTMLElement;
    expect(getComputedStyle(spinner).animationName).to.equal('turn');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(getComputedStyle(spinner).animationName).to.equal('none');
    const moving = [...element.renderRoot.querySelectorAll('*')].filter((one) => one.getAnimations().length > 0);
    expect(moving).to.deep.equal([]);
  });

  it('keeps its outline where the system decides the colours', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const { trigger } = await mountInPhase('connected', popups);
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(trigger);
    expect([borderTopStyle, borderTopWidth]).to.deep.equal(['solid', '1px']);
    expect(borderTopColor).not.to.equal(backgroundColor);
  });
});
