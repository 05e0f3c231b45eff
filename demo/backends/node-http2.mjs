import { createServer } from 'node:http2';
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

// For a proxy that speaks HTTP/2; for browsers: createSecureServer({ key, cert, allowHTTP1: true }, …).
createServer(toNodeListener(handleConnect)).listen(PORT);
