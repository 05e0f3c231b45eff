/** The backend of the elements. It runs wherever `fetch` does and knows nothing about a page. */

export type { ComposioClientLike, ComposioLike } from './server/composio/composio-like.js';
export type { AuditAction, AuditEvent } from './server/handler/audit.js';
export { type ConnectHandler, createConnectHandler } from './server/handler/create-connect-handler.js';
export type { Identify, Identity } from './server/handler/identity.js';
export type { BindingMode, ConnectHandlerOptions } from './server/handler/options.js';
export { type IncomingMessageLike, type ServerResponseLike, toNodeListener } from './server/http/node-listener.js';
export type { ConnectStore, StoredValue, StoreOptions } from './server/store/store.js';
export { createSessionToken, identifyBySessionToken, type SessionTokenClaims } from './server/tokens/session-token.js';
export { createWebhookHandler } from './server/webhook/create-webhook-handler.js';
export type { ExpiredAccount } from './server/webhook/delivery.js';
export type { WebhookHandlerOptions } from './server/webhook/webhook-options.js';
