// app/api/connect/[...path]/route.js
import { Composio } from '@composio/core';
import { redisStore } from 'connect-account/redis-store.js';
import { createConnectHandler, identifyBySessionToken } from 'connect-account/server.js';
import { Redis } from 'ioredis';

// By a function, which is called at the first request: `next build` has no secrets.
export const GET = createConnectHandler(() => {
  const { CONNECT_SECRET: secret, ORIGIN: origin, REDIS_URL } = process.env;
  const composio = new Composio(); // reads COMPOSIO_API_KEY
  const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
  const store = redisStore(new Redis(REDIS_URL, { lazyConnect: true })); // Next.js runs several instances
  return { composio, identify, secret, origin, store };
});
export { GET as DELETE, GET as OPTIONS, GET as PATCH, GET as POST };
