import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCallbackMessage, refusalKey } from '../../src/core/model/callback-message.js';
import { briefingKey, isAttemptId, returnKey } from '../../src/core/model/callback-protocol.js';

const TYPE = 'connect-account:callback';

test('a callback message names an attempt or none', () => {
  assert.equal(readCallbackMessage({ type: TYPE, attempt: 'attempt-1' }), 'attempt-1');
  assert.equal(readCallbackMessage({ type: TYPE }), null);
  assert.equal(readCallbackMessage({ type: TYPE, attempt: null }), null);
});

for (const foreign of [
  undefined,
  null,
  'connect-account:callback',
  42,
  [],
  {},
  { type: 'connect-account' },
  { type: [TYPE] },
  { type: TYPE, attempt: '' },
  { type: TYPE, attempt: 'short' },
  { type: TYPE, attempt: 'x'.repeat(65) },
  { type: TYPE, attempt: '<script>alert(1)</script>' },
  { type: TYPE, attempt: { toString: () => 'attempt-1' } },
  { attempt: 'attempt-1' },
]) {
  test(`${JSON.stringify(foreign)} is not a callback message`, () => {
    assert.equal(readCallbackMessage(foreign), undefined);
  });
}

test('any data reads as an attempt id, as none, or as no callback message', () => {
  const attempt = fc.oneof(fc.anything(), fc.string());
  const ours = fc.record({ type: fc.constant(TYPE), attempt });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), ours), (data) => {
      const read = readCallbackMessage(data);
      assert.ok(read === undefined || read === null || isAttemptId(read));
    }),
    { numRuns: 1000 },
  );
});

test('each attempt has its own storage keys', () => {
  assert.equal(briefingKey('attempt-1'), 'connect-account:briefing:attempt-1');
  assert.equal(refusalKey('attempt-1'), 'connect-account:refusal:attempt-1');
  assert.equal(returnKey('attempt-1'), 'connect-account:return:attempt-1');
});
