import { createServer, type IncomingMessage } from 'node:http';
import { Composio } from '@composio/core';
import { Redis as UpstashRedis } from '@upstash/redis';
import { redisStore } from 'connect-account/redis-store.js';
import {
  createConnectHandler,
  createSessionToken,
  identifyBySessionToken,
  toNodeListener,
} from 'connect-account/server.js';
import express from 'express';
import { Redis } from 'ioredis';
import { createClient } from 'redis';

const secret = 'at least thirty-two bytes of secret';

const handler: (request: Request) => Promise<Response> = createConnectHandler({
  composio: new Composio({ apiKey: 'ak_example' }),
  identify: identifyBySessionToken(secret),
  secret,
  origin: 'https://app.example.com',
  store: redisStore(new Redis()),
});

export const stores = [
  redisStore(createClient()),
  redisStore(new UpstashRedis({ url: 'https://example.com', token: '' })),
];

export const token: Promise<string> = createSessionToken({ userId: 'user_123', expiresIn: '10m' }, secret);
export const listener = toNodeListener(handler);

// @ts-expect-error: identify and secret are required
createConnectHandler({ composio: new Composio({ apiKey: 'ak_example' }) });

// The request of Node with what a host's middleware put on it, as `identify` gets it from `toNodeListener`.
type WithSession = IncomingMessage & { session?: { userId?: string } };
const bySession = createConnectHandler({
  composio: new Composio({ apiKey: 'ak_example' }),
  identify: (_request, { incoming }: { incoming: WithSession }) => ({ userId: incoming.session?.userId }),
  secret,
});
createServer(toNodeListener(bySession));
express().use('/api/connect', toNodeListener(bySession));

// Options by a function, for builds without secrets.
createConnectHandler(() => ({
  composio: new Composio(),
  identify: identifyBySessionToken(secret),
  secret,
  allowedOrigins: (origin) => origin.endsWith('.example.com'),
}));
