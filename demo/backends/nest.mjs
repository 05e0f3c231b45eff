import 'reflect-metadata';
import { Composio } from '@composio/core';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createConnectHandler, identifyBySessionToken, toNodeListener } from 'connect-account/server.js';

const { CONNECT_SECRET: secret, ORIGIN: origin, PORT } = process.env;
const composio = new Composio(); // reads COMPOSIO_API_KEY
const identify = identifyBySessionToken(secret); // or your own session: (request) => ({ userId }) or null
const store = 'memory'; // for one process; several share a Redis: redisStore(client)
const handleConnect = createConnectHandler({ composio, identify, secret, origin, store });

class AppModule {}
Module({})(AppModule); // in TypeScript: @Module({})
const app = await NestFactory.create(AppModule);
app.use('/api/connect', toNodeListener(handleConnect)); // before any body parser
await app.listen(PORT);
