import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountSearch } from '../../src/core/accounts/account-search.js';
import { accountsOfAges } from '../support/account-pages.js';
import { connectedAccount } from '../support/memory-client.js';

const ACCOUNTS = [
  connectedAccount({ id: 'ca_jose', displayName: 'José Núñez', alias: null }),
  connectedAccount({ id: 'ca_work', displayName: null, alias: 'Client WORK' }),
  connectedAccount({ id: 'ca_slack', toolkit: { slug: 'slack', name: 'Slack' }, wordId: 'slack_calm-river' }),
];

const found = (text: string): string[] => new AccountSearch().find(ACCOUNTS, text).map(({ id }) => id);

describe('AccountSearch', () => {
  it('matches name, alias, identity and app regardless of case and accents', () => {
    assert.deepEqual(found('jose nunez'), ['ca_jose']);
    assert.deepEqual(found('work'), ['ca_work']);
    assert.deepEqual(found('CALM-RIVER'), ['ca_slack']);
    assert.deepEqual(found('Slack'), ['ca_slack']);
  });

  it('matches every word in any order, but not across two names', () => {
    assert.deepEqual(found('work client'), ['ca_work']);
    assert.deepEqual(found('work jose'), []);
    assert.deepEqual(found('nunezgithub'), []);
  });

  it('returns the same array for a text of white space', () => {
    assert.equal(new AccountSearch().find(ACCOUNTS, '  \t'), ACCOUNTS);
  });

  it('treats a pattern as text', () => {
    assert.deepEqual(found('.*'), []);
    assert.deepEqual(found('(['), []);
  });

  it('searches 10,000 accounts within a frame', () => {
    const search = new AccountSearch();
    const accounts = accountsOfAges(10_000);
    search.find(accounts, 'a');
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      assert.equal(search.find(accounts, 'octocat red-castle github').length, 10_000);
      return performance.now() - start;
    });
    // The best time counts; the others include other work of the machine.
    assert.ok(Math.min(...times) < 16, `${times}`);
  });
});
