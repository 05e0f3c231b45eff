/** The classes and types, without a side effect. */
export { CONNECT_ERROR_CODES, type ConnectError, type ConnectErrorCode, ConnectFailure } from './core/connect-error.js';
export type { CancelReason, ConnectOutcome, ConnectPhase, ConnectState } from './core/connect-state.js';
export type { ConnectionClient, LinkOptions, ListQuery, NewLink, RequestOptions } from './core/connection-client.js';
export type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionField,
  ConnectionLink,
  ConnectionStatus,
} from './core/connection-types.js';
export { HttpConnectionClient } from './core/http-connection-client.js';
export type { HttpRequesterOptions } from './core/http-requester.js';
export type { SessionTokenSource } from './core/session-tokens.js';
export { ConnectAccount } from './elements/connect-account/connect-account.js';
export * from './elements/connect-account/connect-account-events.js';
export type { Messages, PartialMessages } from './messages/messages.js';
