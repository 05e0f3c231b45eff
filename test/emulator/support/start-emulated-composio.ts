import assert from 'node:assert/strict';
import { after } from 'node:test';
import { Composio } from '@composio/core';
import { type Emulator, startEmulator } from '../../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../../demo/provider/start-provider.js';
import { startContractProxy } from './contract-proxy.js';
import { FormBrowser } from './form-browser.js';

/** All that the emulator's tests need. Every answer that passes the SDK or `request` is held against the OpenAPI document. */
export interface EmulatedComposio {
  readonly emulator: Emulator;
  readonly provider: Provider;
  /** The unmodified SDK. */
  readonly composio: Composio;
  /** One raw API request, with the key, below `/api/v3.1`. */
  request<Body = unknown>(method: string, path: string, body?: unknown): Promise<Answer<Body>>;
  /** A browser without cookies. */
  openBrowser(): FormBrowser;
}

/** A raw answer. `json` is not checked here: the OpenAPI document judges it. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Body;
}

/** Body of an error. */
export interface ErrorBody {
  readonly error: { readonly message: string; readonly code: number; readonly slug: string; readonly status: number };
}

/** Starts all of it before the tests of a file and closes it, and asserts that there was no violation, after them. */
export async function startEmulatedComposio(): Promise<EmulatedComposio> {
  const provider = await startProvider();
  const emulator = await startEmulator({ provider });
  const proxy = await startContractProxy(emulator.origin);
  after(async () => {
    await Promise.all([proxy.close(), emulator.close(), provider.close()]);
    assert.deepEqual(proxy.violations, []);
    assert.ok(proxy.checked.count > 0);
  });

  return {
    emulator,
    provider,
    composio: new Composio({
      apiKey: emulator.apiKey,
      baseURL: proxy.origin,
      allowTracking: false,
      disableVersionCheck: true,
    }),
    request: async <Body>(method: string, path: string, body?: unknown) => {
      const headers = { 'x-api-key': emulator.apiKey, 'content-type': 'application/json' };
      const content = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${proxy.origin}/api/v3.1${path}`, { method, headers, ...content });
      return { status: response.status, headers: response.headers, json: (await response.json()) as Body };
    },
    openBrowser: () => new FormBrowser(emulator.origin, provider.origin),
  };
}
