import { isLoopbackHostname } from '../../core/model/urls.js';
import type { ComposioLike } from '../composio/composio-like.js';
import { isObject, isWireId } from '../composio/wire-value.js';
import { type ConnectStore, createMemoryStore, isConnectStore, STORE_REQUIREMENTS } from '../store/store.js';
import { type SigningKeys, signingKeys } from '../tokens/signed-token.js';
import type { AuditEvent } from './audit.js';
import type { Identify } from './identity.js';

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

/** The options, checked and with their defaults. */
export interface HandlerSettings extends Pick<ConnectHandlerOptions, 'composio' | 'identify'> {
  readonly onAudit: ConnectHandlerOptions['onAudit'] | undefined;
  readonly keys: SigningKeys;
  readonly origin: string | undefined;
  /** `''` for the root */
  readonly basePath: string;
  readonly allowedOrigins: readonly string[];
  /** origin and path of each */
  readonly callbackUrls: readonly string[];
  readonly authConfigIds: readonly string[] | undefined;
  readonly binding: BindingMode;
  readonly linksPerMinute: number;
  readonly store: ConnectStore;
}

const OPTION_NAMES: readonly (keyof ConnectHandlerOptions)[] = [
  'composio',
  'identify',
  'secret',
  'origin',
  'basePath',
  'allowedOrigins',
  'callbackUrls',
  'authConfigIds',
  'binding',
  'linksPerMinute',
  'store',
  'onAudit',
];

/** @throws Error for each mistake, in words that say the mend */
export function checkOptions(options: ConnectHandlerOptions): HandlerSettings {
  if (!isObject(options)) throw optionError('needs an object of options');
  const unknown = unknownKey(options, OPTION_NAMES);
  if (unknown !== undefined) throw optionError(`knows no option \`${unknown}\`; it knows ${OPTION_NAMES.join(', ')}`);
  const { composio, identify, secret, origin, basePath = '/api/connect', binding = 'state', onAudit } = options;
  if (typeof composio?.getClient !== 'function') {
    throw optionError('needs `composio`: pass `new Composio({apiKey})` of @composio/core');
  }
  if (typeof identify !== 'function') {
    throw optionError('needs `identify`: a function that answers {userId} of the signed-in user, or null');
  }
  if (onAudit !== undefined && typeof onAudit !== 'function') throw optionError('needs a function as `onAudit`');
  if (!['state', 'verifier', 'off'].includes(binding))
    throw optionError("knows `binding` 'state', 'verifier' and 'off'");
  return {
    composio,
    identify,
    onAudit,
    binding,
    keys: signingKeys(secret),
    origin: origin === undefined ? undefined : checkOrigin(origin, 'origin'),
    basePath: checkBasePath(basePath),
    allowedOrigins: checkList(options.allowedOrigins, 'allowedOrigins').map((entry) =>
      checkOrigin(entry, 'allowedOrigins'),
    ),
    callbackUrls: checkList(options.callbackUrls, 'callbackUrls').map(checkCallbackUrl),
    authConfigIds: options.authConfigIds === undefined ? undefined : checkAuthConfigIds(options.authConfigIds),
    linksPerMinute: checkLinksPerMinute(options.linksPerMinute ?? 30),
    store: checkStore(options.store ?? createMemoryStore()),
  };
}

function checkOrigin(value: string, name: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.origin !== value) {
    const mend =
      url !== null && url.origin !== 'null' ? `'${url.origin}'` : "a bare origin like 'https://app.example.com'";
    throw optionError(`needs \`${name}\` without a path or wildcard: write ${mend}`);
  }
  requireHttps(url, name);
  return value;
}

function checkCallbackUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    throw optionError("needs absolute URLs in `callbackUrls`, like 'https://app.example.com/connected'");
  }
  requireHttps(url, 'callbackUrls');
  return url.origin + url.pathname;
}

function requireHttps(url: URL, name: string): void {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHostname(url.hostname))) return;
  throw optionError(`needs https in \`${name}\`; http is for localhost only`);
}

function checkBasePath(value: string): string {
  if (value === '/') return '';
  if (typeof value === 'string' && /^(\/[\w.~-]+)+$/.test(value)) return value;
  throw optionError("needs `basePath` to begin with a slash and to end without one, like '/api/connect'");
}

function checkAuthConfigIds(value: readonly string[]): readonly string[] {
  const ids = checkList(value, 'authConfigIds');
  if (ids.length === 0) throw optionError('would allow no auth config; leave `authConfigIds` out to allow all');
  if (!ids.every(isWireId)) throw optionError("needs ids like 'ac_…' in `authConfigIds`");
  return ids;
}

function checkList(value: readonly string[] | undefined, name: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  throw optionError(`needs a list of strings as \`${name}\``);
}

function checkLinksPerMinute(value: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw optionError('needs a whole number from 1 to 1000 as `linksPerMinute`');
}

function checkStore(store: ConnectStore): ConnectStore {
  if (isConnectStore(store)) return store;
  throw optionError(STORE_REQUIREMENTS);
}

function optionError(problem: string): Error {
  return new Error(`createConnectHandler ${problem}.`);
}

/** The first key of an object that is none of these. A misspelt option must not silently do nothing. */
export function unknownKey(given: object, known: readonly string[]): string | undefined {
  return Object.keys(given).find((key) => !known.includes(key));
}
