import { Composio } from '@composio/core';
import { redisStore } from 'connect-account/redis-store.js';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { Redis } from 'ioredis';

const { CONNECT_SECRET: secret, ORIGIN: origin, REDIS_URL } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = redisStore(new Redis(REDIS_URL, { lazyConnect: true })); // Lambda runs many instances
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

/** For an HTTP API or a function URL (payload format 2.0). */
export async function handler(event) {
  const { rawPath, rawQueryString, cookies = [], body, isBase64Encoded, requestContext } = event;
  const request = new Request(`https://${requestContext.domainName}${rawPath}?${rawQueryString}`, {
    method: requestContext.http.method,
    headers: { ...event.headers, cookie: cookies.join('; ') },
    body: body && Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  });
  const response = await handleConnect(request, { event });
  return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
