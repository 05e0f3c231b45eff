import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';

describe('several tabs', () => {
  const suite = connectSuite();

  hardCase(55, 'two tabs that begin at the same time each end once when one window is finished', async () => {
    const pages = [await suite.open(), await suite.open()];
    for (const page of pages) {
      await page.window.focus();
      await page.clickTrigger();
      await page.reaches('awaiting-authorization');
    }
    const [first, second] = pages;
    assert.ok(first && second);
    await suite.finish(second);
    for (const page of pages) {
      await page.window.focus();
      await page.event('account-connected');
      assert.deepEqual(await page.ends(), ['account-connected']);
    }
    assert.equal(suite.host.emulator.accounts.all().length, 1);
  });

  hardCase(55, 'five tabs all show the account that one of them connects', async () => {
    const pages = [];
    for (let tab = 1; tab <= 5; tab += 1) pages.push(await suite.open());
    const [page] = pages;
    assert.ok(page);
    await page.window.focus();
    await page.clickTrigger();
    await suite.finish(page);
    await page.event('account-connected');
    for (const tab of pages) {
      await tab.reaches('connected');
      assert.equal((await tab.ends()).length, tab === page ? 1 : 0);
    }
    assert.equal(suite.host.emulator.accounts.all().length, 1);
  });
});
