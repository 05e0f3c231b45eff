import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { bindToBrowser } from '../../src/core/flow/create-link.js';
import { createVerifier } from '../../src/core/model/binding-verifier.js';
import { isAttemptId } from '../../src/core/model/callback-protocol.js';
import { base64url, createAttemptId } from '../../src/core/model/crypto.js';
import { FakePorts } from '../support/fake-ports.js';

test('the challenge is derived as in RFC 7636', async () => {
  for (let round = 0; round < 20; round++) {
    const verifier = createVerifier();
    assert.equal(Buffer.from(verifier, 'base64url').length, 32);
    const bound = await bindToBrowser(
      { authConfigId: 'ac_github' },
      Object.assign(new FakePorts().storage, { verifier: () => verifier }),
    );
    assert.deepEqual(bound, { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') });
  }
});

test('base64url encodes like RFC 7636, appendix A, and like Node', () => {
  assert.equal(base64url(new Uint8Array([3, 236, 255, 224, 193])), 'A-z_4ME');
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => assert.equal(base64url(bytes), Buffer.from(bytes).toString('base64url'))),
  );
});

test('an attempt id has 128 random bits and the shape that the callback page accepts', () => {
  const ids = Array.from({ length: 1000 }, createAttemptId);
  assert.equal(new Set(ids).size, 1000);
  for (const id of ids) {
    assert.equal(Buffer.from(id, 'base64url').length, 16);
    assert.ok(isAttemptId(id), id);
  }
});

test('a page that is not a secure context gets no verifier', async (context) => {
  context.mock.getter(globalThis, 'crypto', () => ({}) as Crypto);
  assert.equal(await bindToBrowser({ authConfigId: 'ac_github' }, new FakePorts().storage), null);
});
