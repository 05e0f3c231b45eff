// app/api/connect/[...path]/route.js
import { Composio } from '@composio/core';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';

const { COMPOSIO_API_KEY, CONNECT_SECRET, ORIGIN } = process.env;
const handleConnect = createConnectHandler({
  composio: new Composio({ apiKey: COMPOSIO_API_KEY }),
  identify: identifyBySessionToken(CONNECT_SECRET), // or your own session: (request) => ({ userId }) or null
  secret: CONNECT_SECRET,
  origin: ORIGIN,
});

export const GET = (request) => handleConnect(request);
export { GET as DELETE, GET as OPTIONS, GET as PATCH, GET as POST };
