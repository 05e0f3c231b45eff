import { Composio } from '@composio/core';
import { serve } from '@hono/node-server';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { Hono } from 'hono';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

const app = new Hono().all('/api/connect/*', (context) => handleConnect(context.req.raw, context));
serve({ fetch: app.fetch, port: Number(PORT) });
