import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { H3, serve } from 'h3';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT: port } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

const app = new H3().all('/api/connect/**', (event) => handleConnect(event.req, event)); // also Nitro 3, TanStack Start
serve(app, { port });
