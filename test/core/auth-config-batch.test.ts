import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthConfigBatch } from '../../src/core/accounts/auth-config-batch.js';
import { authConfig } from '../support/memory-client.js';

test('a read that fails after a stop leaves the newer read of its auth config cached', async () => {
  const failing: Array<(error: Error) => void> = [];
  let reads = 0;
  const batch = new AuthConfigBatch(
    () => Promise.resolve(),
    () => {
      reads += 1;
      return reads > 1 ? Promise.resolve([authConfig()]) : new Promise((_, reject) => failing.push(reject));
    },
  );
  const old = batch.load('ac_github');
  await Promise.resolve();
  batch.stop(new Error('The last element has left.'));
  await batch.load('ac_github');
  failing[0]?.(new Error('The network is gone.'));
  await assert.rejects(old, /The network is gone/);
  await batch.load('ac_github');
  assert.equal(reads, 2);
});
