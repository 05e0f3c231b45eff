import { expect } from '@open-wc/testing';
import sinon from 'sinon';
import { mountWithMenu } from '../support/account-menu-harness.js';

/** Makes the module that loads Floating UI missing, as after a failed download. No other test of this page has loaded it. */
function refuseFloatingUi(): void {
  const map = document.createElement('script');
  map.type = 'importmap';
  const followAnchor = new URL('../../src/controllers/follow-anchor.js', import.meta.url).pathname;
  map.textContent = JSON.stringify({ imports: { [followAnchor]: '/missing.js' } });
  document.head.append(map);
}

/** Firefox takes no import map any more once a page has loaded a module. */
const canRefuse = !navigator.userAgent.includes('Firefox');

describe('a panel where neither CSS anchors nor Floating UI can be had', () => {
  afterEach(() => sinon.restore());

  (canRefuse ? it : it.skip)(
    'a menu whose positioning fails to load is visible below its trigger and can be used',
    async () => {
      refuseFloatingUi();
      sinon.stub(CSS, 'supports').returns(false);
      const refused = await import('../../src/controllers/follow-anchor.js').then(
        () => false,
        () => true,
      );
      expect(refused).to.equal(true);
      const menu = await mountWithMenu({}, { around: '<div style="padding: 40px 200px"></div>' });
      await menu.open();
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const trigger = menu.harness.trigger.getBoundingClientRect();
      const panel = menu.panel?.getBoundingClientRect();
      expect([panel?.top, panel?.right]).to.deep.equal([trigger.bottom + 6, trigger.right]);
      await menu.choose('Disable');
      await menu.asked('disable');
      expect(menu.panel).to.equal(null);
    },
  );
});
