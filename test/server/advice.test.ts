import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Composio } from '@composio/core';
import { createConnectHandler } from '../../src/server.js';

test("the advice to use the verifier is logged once per process, and not for binding 'verifier'", (context) => {
  const info = context.mock.method(console, 'info', () => {});
  const composio = new Composio({ apiKey: 'ak_test', allowTracking: false, disableVersionCheck: true });
  const options = { composio, identify: () => null, secret: 'x'.repeat(32) };
  createConnectHandler({ ...options, binding: 'verifier' });
  assert.equal(info.mock.callCount(), 0);
  createConnectHandler(options);
  createConnectHandler({ ...options, binding: 'off' });
  assert.equal(info.mock.callCount(), 1);
  assert.match(
    String(info.mock.calls[0]?.arguments[0]),
    /'verifier' is stronger.*every connection of the project.*dashboard/,
  );
});
