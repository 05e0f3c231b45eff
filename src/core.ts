/** The flow and the HTTP client without DOM and Lit, for custom user interfaces. */
export {
  type AccountAction,
  type AccountChange,
  actionsFor,
  disableAccount,
  disconnectAccount,
  enableAccount,
  type FinishedReconnect,
  finishReconnect,
  renameAccount,
} from './core/accounts/account-actions.js';
export {
  type AccountsChange,
  AccountsStore,
  type AccountsStoreOptions,
  type KnownConnection,
} from './core/accounts/accounts-store.js';
export { ConnectFlow, type ConnectListener } from './core/flow/connect-flow.js';
export type { ConnectSettings } from './core/flow/connect-settings.js';
export type { CancelReason, ConnectOutcome, ConnectPhase, ConnectState } from './core/flow/connect-state.js';
export { type ConnectEvent, transition } from './core/flow/connect-transition.js';
export { HttpConnectionClient } from './core/http/http-connection-client.js';
export type { HttpRequesterOptions } from './core/http/http-requester.js';
export type { SessionTokenSource } from './core/http/session-tokens.js';
export type { Clock } from './core/model/clock.js';
export { systemClock } from './core/model/clock.js';
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
export {
  type AuthConfig,
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectedAccountPage,
  type ConnectionField,
  type ConnectionLink,
  type ConnectionStatus,
  type StartedConnection,
} from './core/model/connection-types.js';
export { createAttemptId } from './core/model/crypto.js';
export { CONNECT_ERROR_CODES, type ConnectErrorCode } from './core/model/error-codes.js';
export type {
  AccountsChannel,
  AttemptRecord,
  AttemptStorage,
  AuthorizationWindow,
  ConnectPorts,
  ListenForCallback,
  OpenWindow,
  PageSignal,
  PageSignals,
} from './core/model/ports.js';
export { type WaitOptions, waitForConnection } from './core/polling/wait-for-connection.js';
