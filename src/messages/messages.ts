import type { ConnectErrorCode } from '../core/connect-error.js';
import type { ConnectionStatus } from '../core/connection-types.js';

/**
 * Every text that a user can read. `{app}` stands for the name of the app, like GitHub.
 * Override some by the property `messages`; the rest comes from the nearest `lang`.
 */
export interface Messages {
  /** The trigger, before anything is connected. */
  readonly connect: string;
  /** The same while the name of the app is not known. */
  readonly connectApp: string;
  /** The trigger, while an attempt is under way. */
  readonly connecting: string;
  readonly reconnect: string;
  readonly enable: string;
  readonly tryAgain: string;
  /** Stands for the name of the app where the backend does not tell it. */
  readonly unknownApp: string;
  /** Added to the trigger's accessible name. */
  readonly opensWindow: string;
  /** In the window, until it is sent to the provider, and beside the trigger. */
  readonly preparing: string;
  readonly awaiting: string;
  /** The attempt was begun before a reload or in another tab. */
  readonly awaitingElsewhere: string;
  readonly windowClosed: string;
  readonly confirming: string;
  /** The backend has not answered for a while. */
  readonly struggling: string;
  readonly popupBlocked: string;
  /** The real link that stands in place of a refused window. */
  readonly openWindow: string;
  readonly openAgain: string;
  readonly cancel: string;
  /** Announced when the account is connected. */
  readonly isConnected: string;
  /** Announced when the attempt was called off. */
  readonly isCancelled: string;
  /** Shown by the browser when a form needs this connection. */
  readonly required: string;
  /** One or two words for each status. */
  readonly statuses: Readonly<Record<ConnectionStatus, string>>;
  /** What happened and what to do, for each error code. */
  readonly errors: Readonly<Record<ConnectErrorCode, string>>;
}

/** Some of {@link Messages}. */
export type PartialMessages = Partial<Omit<Messages, 'statuses' | 'errors'>> & {
  readonly statuses?: Partial<Messages['statuses']>;
  readonly errors?: Partial<Messages['errors']>;
};

/** `override` over `base`. */
export function mergeMessages(base: Messages, override: PartialMessages | undefined): Messages {
  if (!override) return base;
  return {
    ...base,
    ...override,
    statuses: { ...base.statuses, ...override.statuses },
    errors: { ...base.errors, ...override.errors },
  };
}

/** `text` with the name of the app in it. */
export function withApp(text: string, app: string): string {
  return text.replaceAll('{app}', app);
}
