import { after, before, test } from 'node:test';
import { Miniflare } from 'miniflare';
import { build } from 'vite';
import { connectEndToEnd, SECRET, startUpstreams, type Upstreams } from './served-backend.js';

const ORIGIN = 'http://localhost:8787';

let upstreams: Upstreams;
let worker: Miniflare;

before(async () => {
  upstreams = await startUpstreams();
  worker = new Miniflare({
    modules: true,
    script: await bundle('demo/backends/worker.mjs'),
    compatibilityDate: '2026-04-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: {
      COMPOSIO_API_KEY: upstreams.emulator.apiKey,
      COMPOSIO_BASE_URL: upstreams.emulator.origin,
      CONNECT_SECRET: SECRET,
      ORIGIN,
    },
    kvNamespaces: ['CONNECT_KV'],
  });
});
after(async () => {
  await worker?.dispose();
  await upstreams?.close();
});

/** One file, as `wrangler deploy` would make it. */
async function bundle(entry: string): Promise<string> {
  const results = await build({
    configFile: false,
    logLevel: 'error',
    environments: { ssr: { keepProcessEnv: true } },
    ssr: { target: 'webworker', noExternal: true, resolve: { conditions: ['workerd', 'worker', 'import', 'default'] } },
    build: {
      ssr: entry,
      write: false,
      minify: false,
      rollupOptions: { external: [/^node:/, /^cloudflare:/], output: { format: 'es', codeSplitting: false } },
    },
  });
  const [result] = Array.isArray(results) ? results : [results];
  if (!result || !('output' in result)) throw new Error('The worker was not bundled.');
  return result.output[0].code;
}

const fetchWorker = (url: string, init?: RequestInit) =>
  worker.dispatchFetch(url, init as Parameters<Miniflare['dispatchFetch']>[1]) as unknown as Promise<Response>;

test('the example demo/backends/worker.mjs connects an account in workerd, with KV as its store', async () => {
  await connectEndToEnd(upstreams, [{ origin: ORIGIN, fetch: fetchWorker }], 'user_worker');
});

test('users who wait in one isolate at the same time all connect', async () => {
  const users = Array.from({ length: 5 }, (_, index) => `user_side_${index}`);
  await Promise.all(users.map((user) => connectEndToEnd(upstreams, [{ origin: ORIGIN, fetch: fetchWorker }], user)));
});
