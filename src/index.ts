/** The classes and types, without a side effect. */
export type { AccountChange } from './core/account-actions.js';
export { CONNECT_ERROR_CODES, type ConnectError, type ConnectErrorCode, ConnectFailure } from './core/connect-error.js';
export type { CancelReason, ConnectOutcome, ConnectPhase, ConnectState } from './core/connect-state.js';
export type {
  AccountUpdate,
  ConnectionClient,
  InitiateOptions,
  LinkOptions,
  ListQuery,
  NewLink,
  RefreshOptions,
  RequestOptions,
} from './core/connection-client.js';
export type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionField,
  ConnectionLink,
  ConnectionStatus,
  StartedConnection,
} from './core/connection-types.js';
export { HttpConnectionClient } from './core/http-connection-client.js';
export type { HttpRequesterOptions } from './core/http-requester.js';
export type { SessionTokenSource } from './core/session-tokens.js';
export type {} from './element-tag-names.js';
export { ConnectAccount } from './elements/connect-account/connect-account.js';
export { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
export * from './elements/connected-accounts-list/connected-accounts-list-events.js';
export * from './events/account-events.js';
export type { Messages, PartialMessages } from './messages/messages.js';
