import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';
import { fastify } from 'fastify';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

const listener = toNodeListener(handleConnect);
const app = fastify();
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null)); // leaves the body to the handler
  scope.all('/api/connect/*', (request, reply) => listener(request.raw, reply.hijack().raw));
});
app.listen({ port: Number(PORT), host: 'localhost' });
