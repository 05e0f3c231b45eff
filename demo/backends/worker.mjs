import { env } from 'cloudflare:workers';
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { createStorage } from 'unstorage';
import cloudflareKv from 'unstorage/drivers/cloudflare-kv-binding';

const { COMPOSIO_API_KEY: apiKey, CONNECT_SECRET: secret, ORIGIN: origin, CONNECT_KV: binding } = env;
const composio = new Composio({ apiKey, allowTracking: false, disableVersionCheck: true }); // no fetch at start
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = createStorage({ driver: cloudflareKv({ binding }) });
export default { fetch: createConnectHandler({ composio, identify, secret, origin, store }) };
