import type { AuditEvent } from './audit.js';
import type { ComposioLike } from './composio/composio-like.js';
import type { Identify } from './identity.js';
import type { ConnectStore } from './store/connect-store.js';

/** How the browser that finishes a link is bound to the user who began it. */
export type BindingMode = 'state' | 'verifier' | 'off';

/** What a host tells the handler. */
export interface ConnectHandlerOptions {
  /** An instance of `Composio` from `@composio/core`. */
  readonly composio: ComposioLike;
  /** The signed-in user of a request, from the host's own session. `null` answers 401. Gets a clone, so it may read the body. */
  readonly identify: Identify;
  /** At least 32 bytes. Of a list, the first signs and all verify, so that a secret can be replaced. */
  readonly secret: string | readonly string[];
  /** Public origin of the host, like `'https://app.example.com'`. Without it only requests to this machine are served. */
  readonly origin?: string;
  /** Where the handler is mounted. Default `'/api/connect'`. */
  readonly basePath?: string;
  /** Other origins whose pages may call. */
  readonly allowedOrigins?: readonly string[];
  /** Callback pages other than `{origin}{basePath}/callback`. */
  readonly callbackUrls?: readonly string[];
  /** The auth configs that this handler knows. Default: all of the project. */
  readonly authConfigIds?: readonly string[];
  /**
   * `verifier` is the stronger one and needs a verifier URL in the Composio project; `off` lets whoever finishes a link
   * connect their account to the user who began it. Default `'state'`.
   */
  readonly binding?: BindingMode;
  /** How many links and accounts one user may begin in a minute, counted in `store`. Default 30. */
  readonly linksPerMinute?: number;
  /** Shared memory of all instances. Default: the memory of this process. */
  readonly store?: ConnectStore;
  /** Who did what to which account. What it throws is swallowed. */
  readonly onAudit?: (event: AuditEvent) => void;
}
