import { Composio } from '@composio/core';
import { serve } from '@hono/node-server';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { Hono } from 'hono';

const { COMPOSIO_API_KEY, CONNECT_SECRET, ORIGIN, PORT } = process.env;
const handleConnect = createConnectHandler({
  composio: new Composio({ apiKey: COMPOSIO_API_KEY }),
  identify: identifyBySessionToken(CONNECT_SECRET), // or your own session: (request) => ({ userId }) or null
  secret: CONNECT_SECRET,
  origin: ORIGIN,
});

const app = new Hono();
app.all('/api/connect/*', (context) => handleConnect(context.req.raw));
serve({ fetch: app.fetch, port: Number(PORT) });
