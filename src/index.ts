/** The element classes and types. Importing this module has no side effects. */
export type { AccountChange } from './core/accounts/account-actions.js';
export type { CancelReason, ConnectOutcome, ConnectPhase, ConnectState } from './core/flow/connect-state.js';
export { HttpConnectionClient } from './core/http/http-connection-client.js';
export type { HttpRequesterOptions } from './core/http/http-requester.js';
export type { SessionTokenSource } from './core/http/session-tokens.js';
export { ConnectError, type ConnectErrorInfo } from './core/model/connect-error.js';
export type {
  AccountUpdate,
  ConnectionClient,
  DeleteOptions,
  InitiateOptions,
  LinkOptions,
  ListQuery,
  NewLink,
  RefreshOptions,
  RequestOptions,
} from './core/model/connection-client.js';
export type {
  AuthConfig,
  ConnectedAccount,
  ConnectedAccountPage,
  ConnectionField,
  ConnectionLink,
  ConnectionStatus,
  StartedConnection,
} from './core/model/connection-types.js';
export { CONNECT_ERROR_CODES, type ConnectErrorCode } from './core/model/error-codes.js';
export { ConnectAccount } from './elements/connect-account/connect-account.js';
export { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';
export {
  AccountConnectCancelEvent,
  AccountConnectErrorEvent,
  AccountConnectedEvent,
  AccountConnectStartEvent,
  AccountConnectStatusEvent,
} from './events/account-events.js';
export * from './events/action-events.js';
export * from './events/list-events.js';
export type { Messages, PartialMessages } from './messages/messages.js';
export { registerMessages } from './messages/registered-messages.js';
export type {} from './register-element.js';
