import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLinkNotes } from '../../src/server/binding/link-notes.js';
import { createRecords } from '../../src/server/store/records.js';
import { createMemoryStore } from '../../src/server/store/store.js';

const MINUTE_MS = 60_000;

/** Notes of two instances in one store, with the note of one link. */
async function twoInstances() {
  const store = createMemoryStore();
  const [one, other] = [createLinkNotes(createRecords(store)), createLinkNotes(createRecords(store))];
  const link = {
    nonce: 'n',
    accountId: 'ca_1',
    userId: 'user_ada',
    authConfigId: 'ac_github',
    phase: 'pending',
  } as const;
  const note = await one.add({ ...link, linkExpiresAt: Date.now() + 10 * MINUTE_MS });
  return { one, other, note };
}

for (const phase of ['bound', 'early', 'pending'] as const) {
  test(`a note that one instance has rejected stays rejected when another instance makes it ${phase}`, async () => {
    const { one, other, note } = await twoInstances();
    await one.change(note, { phase: 'rejected', cause: 'mismatch' });
    // The other instance has read the note before.
    const written = await other.change(note, { phase });
    assert.equal(written.phase, 'rejected');
    for (const notes of [one, other]) assert.equal((await notes.findByAccount('ca_1'))?.phase, 'rejected');
    assert.equal((await one.findByNonce('n'))?.phase, 'rejected');
  });
}

test('a note that one instance has taken back is not taken for a mismatch when another instance writes at once', async () => {
  const { one, other, note } = await twoInstances();
  await one.change(note, { phase: 'rejected', cause: 'taken_back' });
  assert.equal((await other.change(note, { phase: 'early' })).cause, 'taken_back');
});

test('a note that is rejected twice keeps what is known of its removal', async () => {
  const { one, other, note } = await twoInstances();
  const rejected = await one.change(note, { phase: 'rejected', cause: 'mismatch' });
  await other.change(rejected, { phase: 'rejected', isRemoved: true });
  assert.deepEqual(await one.findByAccount('ca_1').then((found) => [found?.phase, found?.cause, found?.isRemoved]), [
    'rejected',
    'mismatch',
    true,
  ]);
});
