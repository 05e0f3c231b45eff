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

describe('the search of accounts', () => {
  it('finds by name, alias, identity and app, without case and accents', () => {
    assert.deepEqual(found('jose nunez'), ['ca_jose']);
    assert.deepEqual(found('work'), ['ca_work']);
    assert.deepEqual(found('CALM-RIVER'), ['ca_slack']);
    assert.deepEqual(found('Slack'), ['ca_slack']);
  });

  it('wants every word, in any order, not across two names', () => {
    assert.deepEqual(found('work client'), ['ca_work']);
    assert.deepEqual(found('work jose'), []);
    assert.deepEqual(found('nunezgithub'), []);
  });

  it('answers the very same accounts for nothing but white space', () => {
    assert.equal(new AccountSearch().find(ACCOUNTS, '  \t'), ACCOUNTS);
  });

  it('takes a pattern for what it is: text', () => {
    assert.deepEqual(found('.*'), []);
    assert.deepEqual(found('(['), []);
  });

  it('answers within a frame among 10,000 accounts', () => {
    const search = new AccountSearch();
    const accounts = accountsOfAges(10_000);
    search.find(accounts, 'a');
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      assert.equal(search.find(accounts, 'octocat red-castle github').length, 10_000);
      return performance.now() - start;
    });
    // The best of them: the others tell of what else the machine does.
    assert.ok(Math.min(...times) < 16, `${times}`);
  });
});
