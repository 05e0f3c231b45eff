import assert from 'node:assert/strict';
import { after } from 'node:test';
import { Composio } from '@composio/core';
import { type Emulator, startEmulator } from '../../../demo/emulator/start-emulator.js';
import { type Provider, startProvider } from '../../../demo/provider/start-provider.js';
import { startContractProxy } from './contract-proxy.js';
import { FormBrowser } from './form-browser.js';

/**
 * Everything that the emulator's tests need. Each response to the SDK or `request` is checked against the OpenAPI
 * document.
 */
export interface EmulatedComposio {
  readonly emulator: Emulator;
  readonly provider: Provider;
  /** The unmodified SDK. */
  readonly composio: Composio;
  /** Sends one raw API request, with the key, below `/api/v3.1`. */
  request<Body = unknown>(method: string, path: string, body?: unknown): Promise<Answer<Body>>;
  /** Opens a browser without cookies. */
  openBrowser(): FormBrowser;
}

/** A raw response. `json` is not typed here: the OpenAPI document checks it. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Body;
}

/** The body of an error. */
export interface ErrorBody {
  readonly error: { readonly message: string; readonly code: number; readonly slug: string; readonly status: number };
}

/** Starts everything before the tests of a file. Closes it after them and asserts that there was no violation. */
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
