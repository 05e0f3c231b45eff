import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT: port } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

Bun.serve({ port, fetch: handleConnect }); // bun run server.mjs
