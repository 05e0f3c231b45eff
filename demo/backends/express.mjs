import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';
import express from 'express';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const handleConnect = createConnectHandler({ composio, identify, secret, origin });

const app = express();
app.use('/api/connect', toNodeListener(handleConnect)); // before any body parser
app.listen(PORT);
