// app/api/connect/[...path]/route.js
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';

const { CONNECT_SECRET: secret, ORIGIN: origin } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null

export const GET = createConnectHandler({ composio, identify, secret, origin });
export { GET as DELETE, GET as OPTIONS, GET as PATCH, GET as POST };
