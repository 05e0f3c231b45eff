/** The backend of the elements. Runs wherever `fetch` does; knows nothing of a page. */
export type { AuditAction, AuditEvent } from './server/audit.js';
export type { ComposioClientLike, ComposioLike } from './server/composio/composio-like.js';
export type { BindingMode, ConnectHandlerOptions } from './server/connect-handler-options.js';
export { type ConnectHandler, createConnectHandler } from './server/create-connect-handler.js';
export type { Identify, Identity } from './server/identity.js';
export { type IncomingMessageLike, type ServerResponseLike, toNodeListener } from './server/node-listener.js';
export { createSessionToken, identifyBySessionToken, type SessionTokenClaims } from './server/session-token.js';
export type { ConnectStore, StoredValue } from './server/store/connect-store.js';
export { createWebhookHandler } from './server/webhook/create-webhook-handler.js';
export type { ExpiredAccount } from './server/webhook/expired-account.js';
export type { WebhookHandlerOptions } from './server/webhook/webhook-options.js';
