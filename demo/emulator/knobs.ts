/** Every route of the emulator, as {@link Knobs} and recorded requests name it. */
export type RouteName =
  | 'accounts.list'
  | 'accounts.retrieve'
  | 'accounts.create'
  | 'accounts.delete'
  | 'accounts.patch'
  | 'accounts.updateStatus'
  | 'accounts.refresh'
  | 'accounts.revoke'
  | 'accounts.completeAuth'
  | 'link.create'
  | 'authConfigs.list'
  | 'authConfigs.retrieve'
  | 'authConfigs.create'
  | 'authConfigs.updateStatus'
  | 'toolkits.list'
  | 'toolkits.categories'
  | 'toolkits.retrieve'
  | 'project.config'
  | 'hosted.link'
  | 'hosted.submit'
  | 'hosted.oauthCallback';

/**
 * How a route fails. The SDK makes three attempts on all but `forbidden`, unless told otherwise.
 * - `rate_limited`: 429 with the bare `{message}` body and `Retry-After`
 * - `server_error`: 500 in the error envelope; `conflict`: 409; `forbidden`: 403, a key without the permission
 * - `html`: 502 with a web page, as a proxy sends it
 * - `truncated`: 200 with half a JSON document
 * - `hang`: no answer until the emulator closes
 * - `reset`: the connection is cut
 */
export type FailureKind =
  | 'rate_limited'
  | 'server_error'
  | 'conflict'
  | 'forbidden'
  | 'html'
  | 'truncated'
  | 'hang'
  | 'reset';

/** One planned failure. */
export interface Failure {
  readonly route: RouteName | '*';
  readonly kind: FailureKind;
  /** How many requests fail so, from now on. Every one when absent. */
  times?: number;
  /** `Retry-After` of `rate_limited`, in seconds or as an HTTP date. Default `1`. */
  readonly retryAfter?: string;
}

/** What a test may change while the emulator runs. The first values are Composio's ordinary behaviour. */
export interface Knobs {
  /** Milliseconds that an answer takes, by route or `*` for all. */
  latency: Partial<Record<RouteName | '*', number>>;
  /** Planned failures; the first that fits is used. */
  failures: Failure[];
  /** `false` sends credentials unmasked, as a project may choose (`mask_secret_keys_in_connected_account`). */
  maskSecrets: boolean;
  /** Credentials that the third party refuses: `validate_credentials` answers 400, the hosted form shows an error. */
  rejectedCredentials: Set<string>;
  /** Shows a page with Continue and Cancel before an OAuth provider. Without it, the link goes straight there. */
  hostedConsentPage: boolean;
  /** Every link fails as if the user had denied, without a page. */
  denyLinks: boolean;
  /** `Cross-Origin-Opener-Policy` of the hosted link pages. */
  crossOriginOpenerPolicy: string | undefined;
  /** Refuses a managed OAuth flow that ends in another browser than the link was opened in. */
  sameBrowserCheck: boolean;
  /** Milliseconds between the browser's return to the callback URL and the account becoming ACTIVE. */
  activationDelay: number;
  /** How the browser returns to `callback_url`. */
  callback: CallbackKnobs;
  /** Project setting "callback identity verification": the browser goes there with `session_uri`, not to `callback_url`. */
  verifierUrl: string | undefined;
}

/** Quirks of the query that is appended to `callback_url`. */
export interface CallbackKnobs {
  /** `camel`: `connectedAccountId` and `appName`, as third parties report it for links too. */
  parameterNames: 'snake' | 'camel';
  /** Leaves the account's id out. */
  omitAccountId: boolean;
  /** Says `status=failed` with this `error`, whatever the account's status. */
  error: string | undefined;
}

/** Composio as it behaves on an ordinary day. */
export function createKnobs(): Knobs {
  return {
    latency: {},
    failures: [],
    maskSecrets: true,
    rejectedCredentials: new Set(),
    hostedConsentPage: false,
    denyLinks: false,
    crossOriginOpenerPolicy: undefined,
    sameBrowserCheck: true,
    activationDelay: 0,
    callback: { parameterNames: 'snake', omitAccountId: false, error: undefined },
    verifierUrl: undefined,
  };
}
