import { Composio } from '@composio/core';
import {
  createConnectHandler,
  createSessionToken,
  identifyBySessionToken,
  toNodeListener,
} from 'connect-account/server.js';

const secret = 'at least thirty-two bytes of secret';

const handler: (request: Request) => Promise<Response> = createConnectHandler({
  composio: new Composio({ apiKey: 'ak_example' }),
  identify: identifyBySessionToken(secret),
  secret,
  origin: 'https://app.example.com',
});

export const token: Promise<string> = createSessionToken({ userId: 'user_123', expiresIn: '10m' }, secret);
export const listener = toNodeListener(handler);

// @ts-expect-error: identify and secret are required
createConnectHandler({ composio: new Composio({ apiKey: 'ak_example' }) });
