import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';
import Koa from 'koa';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

const app = new Koa();
app.use((context, next) => {
  if (!context.path.startsWith('/api/connect/')) return next();
  context.respond = false; // the listener sends the response
  toNodeListener((request) => handleConnect(request, context))(context.req, context.res);
}); // before any body parser, and not by koa-mount, which cuts the path
app.listen(PORT);
