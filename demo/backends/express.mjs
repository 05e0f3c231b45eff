import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';
import express from 'express';

const { COMPOSIO_API_KEY, CONNECT_SECRET, ORIGIN, PORT } = process.env;
const handleConnect = createConnectHandler({
  composio: new Composio({ apiKey: COMPOSIO_API_KEY }),
  identify: identifyBySessionToken(CONNECT_SECRET), // or your own session: (request) => ({ userId }) or null
  secret: CONNECT_SECRET,
  origin: ORIGIN,
});

const app = express();
app.use('/api/connect', toNodeListener(handleConnect)); // before any body parser
app.listen(PORT);
