import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Composio } from '@composio/core';
import { createStorage } from 'unstorage';
import {
  type ComposioClientLike,
  type ComposioLike,
  type ConnectHandlerOptions,
  type ConnectStore,
  createConnectHandler,
} from '../../src/server.js';

// The types of the real SDK and of a real store fit as they are.
const sdk = new Composio({ apiKey: 'ak_test', allowTracking: false, disableVersionCheck: true });
const composio: ComposioLike = sdk;
const client: ComposioClientLike = sdk.getClient();
const storage: ConnectStore = createStorage();
const map: ConnectStore = new Map();

const good: ConnectHandlerOptions = { composio, identify: () => null, secret: 'x'.repeat(32) };

/** One mistake each, and what the message must say about it. */
const MISTAKES: Record<string, [change: Record<string, unknown>, fix: RegExp]> = {
  'no composio': [{ composio: undefined }, /`composio` must be a Composio client: pass `new Composio/],
  'the raw client for composio': [{ composio: client }, /`composio` must be a Composio client: pass `new Composio/],
  'no identify': [{ identify: undefined }, /`identify` must be a function that returns \{ userId \}/],
  'no secret': [
    { secret: undefined },
    /missing \(is its environment variable set\?\).*at least 32 bytes\. Make one with: openssl/,
  ],
  'an empty secret': [{ secret: '' }, /missing \(is its environment variable set\?\)/],
  'a short secret': [{ secret: 'x'.repeat(31) }, /at least 32 bytes/],
  'a short older secret': [{ secret: ['x'.repeat(32), 'short'] }, /at least 32 bytes/],
  'an empty list of secrets': [{ secret: [] }, /at least one secret/],
  'an origin with a path': [{ origin: 'https://app.example.com/' }, /write 'https:\/\/app\.example\.com'/],
  'an origin without a scheme': [{ origin: 'app.example.com' }, /`origin` must be an origin .*like 'https:/],
  'an origin that is no text': [{ origin: 42 }, /`origin` must be an origin .*like 'https:/],
  'plain http in public': [
    { origin: 'http://app.example.com' },
    /`origin` must use https; http is allowed for localhost/,
  ],
  'a wildcard for origins': [
    { allowedOrigins: ['*'] },
    /`allowedOrigins` must be an origin without a path or wildcard/,
  ],
  'an opaque origin': [{ allowedOrigins: ['null'] }, /`allowedOrigins` must be an origin without a path or wildcard/],
  'origins that are no list': [{ allowedOrigins: 'https://a.example' }, /`allowedOrigins` must be a list of strings/],
  'a relative callback': [{ callbackUrls: ['/connected'] }, /`callbackUrls` must hold absolute URLs/],
  'a callback with a password': [
    { callbackUrls: ['https://a:b@app.example.com/'] },
    /`callbackUrls` must hold absolute URLs/,
  ],
  'a callback on plain http': [{ callbackUrls: ['http://app.example.com/done'] }, /`callbackUrls` must use https/],
  'a callback of another scheme': [{ callbackUrls: ['javascript:alert(1)'] }, /`callbackUrls` must use https/],
  'a base path without a slash': [{ basePath: 'api' }, /`basePath` must start with a slash and not end with one/],
  'a base path with a slash too many': [
    { basePath: '/api/' },
    /`basePath` must start with a slash and not end with one/,
  ],
  'no auth config allowed': [{ authConfigIds: [] }, /`authConfigIds` must not be empty; leave it out to allow all/],
  'auth configs in one text': [{ authConfigIds: ['ac_a,ac_b'] }, /ids like 'ac_…'/],
  'an unknown binding': [{ binding: 'none' }, /`binding` must be 'state', 'verifier' or 'off'/],
  'no number of links': [{ linksPerMinute: '30' }, /`linksPerMinute` must be a whole number from 1 to 1000/],
  'no number of calls': [{ upstreamCallsPerMinute: 0 }, /`upstreamCallsPerMinute` must be a whole number/],
  'no number of reads': [{ upstreamReadsPerMinute: 1.5 }, /`upstreamReadsPerMinute` must be a whole number/],
  'no links at all': [{ linksPerMinute: 0 }, /`linksPerMinute` must be a whole number from 1 to 1000/],
  'no store off this machine': [
    { origin: 'https://app.example.com' },
    /`store` is missing\. Pass one .*redisStore.*'memory'/,
  ],
  'no store off this machine in another mode': [
    { origin: 'https://app.example.com', binding: 'off' },
    /`store` is missing/,
  ],
  'a store of another name': [{ store: 'redis' }, /`store` must have get, set and .*'memory'/],
  'a store that cannot delete': [
    { store: { get() {}, set() {} } },
    /`store` must have get, set and one of delete, del or removeItem/,
  ],
  'an audit log that is no function': [{ onAudit: console }, /`onAudit` must be a function/],
  'a misspelt option': [
    { allowedOrigin: ['https://a.example'] },
    /unknown option `allowedOrigin`\. Valid options: composio/,
  ],
};

for (const [name, [change, fix]] of Object.entries(MISTAKES)) {
  test(`${name} is refused at creation with an error that says how to fix it`, () => {
    assert.throws(() => createConnectHandler({ ...good, ...change } as ConnectHandlerOptions), fix);
  });
}

test('missing options are refused with a clear error', () => {
  assert.throws(() => createConnectHandler(undefined as never), /createConnectHandler: pass an object of options/);
});

test('the real SDK and real stores are accepted', () => {
  for (const store of [storage, map, 'memory'] as const) {
    const handler = createConnectHandler({ ...good, origin: 'https://app.example.com', store });
    assert.equal(typeof handler, 'function');
  }
});

test('the store may be left out where only this machine is served', () => {
  for (const change of [{}, { origin: 'http://localhost:3000' }, { origin: 'http://127.0.0.1' }]) {
    assert.equal(typeof createConnectHandler({ ...good, ...change }), 'function');
  }
});
