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

describe('<connect-account> checked by axe', () => {
  const popups = usePopups();
  useWarnings();

  for (const [scheme, around] of Object.entries(SCHEMES)) {
    for (const phase of PHASES) {
      it(`axe finds nothing in phase ${phase}, ${scheme}`, async () => {
        const { element } = await mountInPhase(phase, popups, { around });
        await expect(element).to.be.accessible();
      });
    }

    it(`axe finds nothing beside Open again, ${scheme}`, async () => {
      const harness = await mountInPhase('popup-blocked', popups, { around });
      harness.part('link')?.addEventListener('click', (event) => event.preventDefault());
      harness.click('link');
      await harness.reaches('awaiting-authorization');
      expect(harness.part('reopen')).not.to.equal(null);
      await expect(harness.element).to.be.accessible();
    });

    it(`axe finds nothing on a disabled element, ${scheme}`, async () => {
      const { element } = await mountLoaded({ around, attributes: { disabled: '' } });
      await expect(element).to.be.accessible();
    });
  }
});

describe('<connect-account> in a screen reader', () => {
  const popups = usePopups();

  /** The live regions, by their role. */
  async function withRegions(options: MountOptions = {}) {
    const harness = await mountLoaded(options);
    const region = (role: string) => harness.element.renderRoot.querySelector(`[role=${role}]`) as HTMLElement;
    const says = (role: string) => region(role).textContent?.replaceAll(/\s+/g, ' ').trim();
    return { harness, region, says };
  }

  it('both live regions exist and are empty from the first render on', async () => {
    const { harness, region, says } = await withRegions();
    expect([says('status'), says('alert')]).to.deep.equal(['', '']);
    const [status, alert] = [region('status'), region('alert')];
    await harness.connect();
    harness.report('FAILED');
    await harness.reaches('failed');
    expect([region('status'), region('alert')]).to.deep.equal([status, alert]);
  });

  it('the polite region announces the progress and the end of an attempt', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    expect(says('status')).to.equal('Finish in the window that opened.');
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect(says('status')).to.equal('GitHub is connected.');
    expect(says('alert')).to.equal('');
  });

  it('the polite region announces that an attempt was cancelled', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    harness.click('cancel');
    await harness.reaches('ready');
    expect(says('status')).to.equal('Connecting GitHub was cancelled.');
  });

  it('the assertive region announces what went wrong and what to do, and nothing else', async () => {
    const { harness, says } = await withRegions();
    await harness.connect();
    harness.report('FAILED');
    await harness.reaches('failed');
    expect(says('alert')).to.equal('GitHub was not connected: access was not granted. You can try again.');
    expect(says('status')).to.equal('');
  });

  it('no region announces an account that existed at load, or a poll', async () => {
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

  it('the name of the trigger tells the app, the state and what a click does', async () => {
    const { harness } = await withRegions({ accounts: [connectedAccount({ status: 'EXPIRED' })] });
    expect(harness.name).to.equal('GitHub: Reconnect Access expired (opens a new window)');
    const off = await mountLoaded({ accounts: [connectedAccount({ status: 'INACTIVE' })] });
    expect(off.name).to.equal('GitHub: Enable Disabled');
  });

  it('every target has at least 24 by 24 pixels', async () => {
    for (const phase of ['popup-blocked', 'awaiting-authorization', 'connected'] as const) {
      const { element } = await mountInPhase(phase, popups);
      for (const target of element.renderRoot.querySelectorAll('button, a')) {
        const { width, height } = target.getBoundingClientRect();
        expect(Math.min(width, height), `${target.getAttribute('part')} in ${phase}`).to.be.at.least(24);
      }
    }
  });
});

describe('<connect-account> under user preferences', () => {
  const popups = usePopups();
  afterEach(() => emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'none' }));

  it('nothing moves under prefers-reduced-motion', async () => {
    const { element } = await mountInPhase('preparing', popups);
    const spinner = element.renderRoot.querySelector('.spinner') as HTMLElement;
    expect(getComputedStyle(spinner).animationName).to.equal('turn');
    await emulateMedia({ reducedMotion: 'reduce' });
    expect(getComputedStyle(spinner).animationName).to.equal('none');
    const moving = [...element.renderRoot.querySelectorAll('*')].filter((one) => one.getAnimations().length > 0);
    expect(moving).to.deep.equal([]);
  });

  it('the outline stays visible in forced colors', async () => {
    await emulateMedia({ forcedColors: 'active' });
    const { trigger } = await mountInPhase('connected', popups);
    const { borderTopStyle, borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(trigger);
    expect([borderTopStyle, borderTopWidth]).to.deep.equal(['solid', '1px']);
    expect(borderTopColor).not.to.equal(backgroundColor);
  });
});
