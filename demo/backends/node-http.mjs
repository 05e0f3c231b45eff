import { createServer } from 'node:http';
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';

const { COMPOSIO_API_KEY, CONNECT_SECRET, ORIGIN, PORT } = process.env;
const handleConnect = createConnectHandler({
  composio: new Composio({ apiKey: COMPOSIO_API_KEY }),
  identify: identifyBySessionToken(CONNECT_SECRET), // or your own session: (request) => ({ userId }) or null
  secret: CONNECT_SECRET,
  origin: ORIGIN,
});

createServer(toNodeListener(handleConnect)).listen(PORT);
