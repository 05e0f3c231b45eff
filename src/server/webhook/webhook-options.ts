import { isObject } from '../composio/wire-value.js';
import type { AuditEvent } from '../handler/audit.js';
import { unknownKey } from '../handler/options.js';
import { type ConnectStore, createMemoryStore, isConnectStore, STORE_REQUIREMENTS } from '../store/store.js';
import type { ExpiredAccount } from './expired-account.js';
import type { WebhookKeys } from './signature.js';

/** What a host tells the webhook handler. */
export interface WebhookHandlerOptions {
  /** The secret of the webhook subscription at Composio. Of a list, any may have signed, so that it can be replaced. */
  readonly secret: string | readonly string[];
  /** Called once for each account that expired. When it throws or rejects, Composio is told to try again. */
  onExpired(account: ExpiredAccount): unknown;
  /** Told of each delivery that was handed on. What it throws is swallowed. */
  readonly onAudit?: (event: AuditEvent) => void;
  /** Remembers which deliveries came already. Default: the memory of this process; several instances must share one. */
  readonly store?: ConnectStore;
}

/** The options, checked and with their defaults. */
export interface WebhookSettings extends Pick<WebhookHandlerOptions, 'onExpired'> {
  readonly keys: WebhookKeys;
  readonly onAudit: WebhookHandlerOptions['onAudit'] | undefined;
  readonly store: ConnectStore;
}

const OPTION_NAMES: readonly (keyof WebhookHandlerOptions)[] = ['secret', 'onExpired', 'onAudit', 'store'];

/** @throws Error for each mistake, in words that say the mend */
export function checkWebhookOptions(options: WebhookHandlerOptions): WebhookSettings {
  if (!isObject(options)) throw optionError('needs an object of options');
  const unknown = unknownKey(options, OPTION_NAMES);
  if (unknown !== undefined) throw optionError(`knows no option \`${unknown}\`; it knows ${OPTION_NAMES.join(', ')}`);
  const { secret, onExpired, onAudit, store = createMemoryStore() } = options;
  if (typeof onExpired !== 'function')
    throw optionError('needs `onExpired`: a function that is given the expired account');
  if (onAudit !== undefined && typeof onAudit !== 'function') throw optionError('needs a function as `onAudit`');
  const keys: readonly unknown[] = typeof secret === 'string' ? [secret] : secret;
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === 'string' && key !== '')) {
    throw optionError('needs `secret`: the one that Composio shows for the webhook subscription');
  }
  if (!isConnectStore(store)) throw optionError(STORE_REQUIREMENTS);
  return { keys, onExpired: (account) => onExpired(account), onAudit, store };
}

function optionError(problem: string): Error {
  return new Error(`createWebhookHandler ${problem}.`);
}
