import { env } from 'cloudflare:workers';
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { createStorage } from 'unstorage';
import cloudflareKv from 'unstorage/drivers/cloudflare-kv-binding';

const handleConnect = createConnectHandler({
  composio: new Composio({
    apiKey: env.COMPOSIO_API_KEY,
    baseURL: env.COMPOSIO_BASE_URL, // Composio's own unless set
    allowTracking: false, // A Worker may not fetch before there is a request.
    disableVersionCheck: true,
  }),
  identify: identifyBySessionToken(env.CONNECT_SECRET), // or your own session: (request) => ({ userId }) or null
  secret: env.CONNECT_SECRET,
  origin: env.ORIGIN,
  store: createStorage({ driver: cloudflareKv({ binding: env.CONNECT_KV }) }),
});

// biome-ignore lint/style/noDefaultExport: what the Workers runtime asks for
export default { fetch: (request) => handleConnect(request) };
