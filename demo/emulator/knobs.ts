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
 * Kinds of failure. By default the SDK makes three attempts on all but `forbidden`.
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

/** A planned failure. */
export interface Failure {
  readonly route: RouteName | '*';
  readonly kind: FailureKind;
  /** Number of requests that fail from now on. All of them when missing. */
  times?: number;
  /** `Retry-After` of `rate_limited`, in seconds or as an HTTP date. Default `1`. */
  readonly retryAfter?: string;
}

/** Settings that a test may change while the emulator runs. The defaults are Composio's normal behavior. */
export interface Knobs {
  /** Milliseconds that a response takes, by route or `*` for all. */
  latency: Partial<Record<RouteName | '*', number>>;
  /** Planned failures. The first match is used. */
  failures: Failure[];
  /** `false` sends credentials unmasked, as a project may choose (`mask_secret_keys_in_connected_account`). */
  maskSecrets: boolean;
  /** Whether an OAuth account gets a `displayName`. The live service fills it in only for some toolkits. */
  givesDisplayName: boolean;
  /** Removes `POST …/refresh`, which is deprecated: it answers 410. */
  isRefreshGone: boolean;
  /** API requests per minute of the organization, in fixed windows: Hobby 2,000, Pro 10,000. Unlimited when missing. */
  requestsPerMinute: number | undefined;
  /** The largest `limit` of the lists of accounts and toolkits. No maximum is published. */
  maxPageLimit: number;
  /** The largest number of ids in one filter. No maximum is published; try 50, 100 and 500. */
  maxIdsInFilter: number;
  /** Credentials that the third party refuses: creating an account with `validate_credentials` returns 400, the hosted form shows an error. */
  rejectedCredentials: Set<string>;
  /**
   * Shows a page with Continue and Cancel before the provider of a managed OAuth config, as Composio's Connect Link does.
   * Otherwise the link goes straight there.
   */
  hostedConsentPage: boolean;
  /** Whether the page of a used link shows the `callback_url`, and with it the host's `state`. Unknown of the live service. */
  usedLinkShowsCallback: boolean;
  /** Fails every link as if the user had denied, without a page. */
  denyLinks: boolean;
  /** `Cross-Origin-Opener-Policy` of the hosted link pages. */
  crossOriginOpenerPolicy: string | undefined;
  /** Refuses a managed OAuth flow that ends in a different browser from the one that opened the link. */
  sameBrowserCheck: boolean;
  /** Milliseconds between the browser's return to the callback URL and the account becoming ACTIVE. */
  activationDelay: number;
  /** Changes to the return of the browser to `callback_url`. */
  callback: CallbackKnobs;
  /**
   * Project setting "callback identity verification": the browser goes to this URL with `session_uri`, not to
   * `callback_url`.
   */
  verifierUrl: string | undefined;
}

/** Quirks of the query that is appended to `callback_url`. */
export interface CallbackKnobs {
  /** `camel`: `connectedAccountId` and `appName`, which third parties report for links too. */
  parameterNames: 'snake' | 'camel';
  /** Leaves out the account's id. */
  omitAccountId: boolean;
  /** Sends `status=failed` with this `error`, regardless of the account's status. */
  error: string | undefined;
}

/** Returns the knobs for Composio's normal behavior. */
export function createKnobs(): Knobs {
  return {
    latency: {},
    failures: [],
    maskSecrets: true,
    rejectedCredentials: new Set(),
    hostedConsentPage: true,
    usedLinkShowsCallback: false,
    givesDisplayName: true,
    isRefreshGone: false,
    requestsPerMinute: undefined,
    maxPageLimit: 1000,
    maxIdsInFilter: 500,
    denyLinks: false,
    crossOriginOpenerPolicy: undefined,
    sameBrowserCheck: true,
    activationDelay: 0,
    callback: { parameterNames: 'snake', omitAccountId: false, error: undefined },
    verifierUrl: undefined,
  };
}
