/** The flow and the client without DOM and without Lit, for people who draw their own interface. */
export {
  type AccountAction,
  type AccountChange,
  actionsFor,
  disableAccount,
  disconnectAccount,
  enableAccount,
  type FinishedReconnect,
  finishReconnect,
  refreshAccount,
  renameAccount,
} from './core/account-actions.js';
export {
  type AccountsChange,
  AccountsStore,
  type AccountsStoreOptions,
  type KnownConnection,
} from './core/accounts-store.js';
export { createAttemptId } from './core/binding-verifier.js';
export { CONNECT_ERROR_CODES, type ConnectError, type ConnectErrorCode, ConnectFailure } from './core/connect-error.js';
export { ConnectFlow, type ConnectListener } from './core/connect-flow.js';
export type { ConnectSettings } from './core/connect-settings.js';
export type { CancelReason, ConnectOutcome, ConnectPhase, ConnectState } from './core/connect-state.js';
export { type ConnectEvent, transition } from './core/connect-transition.js';
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
export {
  type AuthConfig,
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectedAccountPage,
  type ConnectionField,
  type ConnectionLink,
  type ConnectionStatus,
  type StartedConnection,
} from './core/connection-types.js';
export { HttpConnectionClient } from './core/http-connection-client.js';
export type { HttpRequesterOptions } from './core/http-requester.js';
export type {
  AccountsChannel,
  AttemptRecord,
  AttemptStorage,
  AuthorizationWindow,
  Clock,
  ConnectPorts,
  ListenForCallback,
  OpenWindow,
  PageSignal,
  PageSignals,
} from './core/ports.js';
export type { SessionTokenSource } from './core/session-tokens.js';
export { systemClock } from './core/system-clock.js';
export { type WaitOptions, waitForConnection } from './core/wait-for-connection.js';
