import { z } from 'zod';
import type { AuditEvent } from '../handler/audit.js';
import { functionSchema, parseOptions } from '../handler/parse-options.js';
import { type ConnectStore, chooseStore, storeSchema } from '../store/store.js';
import type { ExpiredAccount, WebhookKeys } from './delivery.js';

/** The options of `createWebhookHandler`. */
export interface WebhookHandlerOptions {
  /** The secret of the webhook subscription at Composio. In a list, any may have signed, so that secrets can be rotated. */
  readonly secret: string | readonly string[] | undefined;
  /** Called once for each account that expired. If it throws or rejects, Composio tries again. */
  onExpired(account: ExpiredAccount): unknown;
  /** Called with each delivery that was handled. Its errors are ignored. */
  readonly onAudit?: (event: AuditEvent) => void;
  /** Remembers which deliveries have arrived. Instances must share it; `'memory'` is for a single process. */
  readonly store: ConnectStore | 'memory';
}

/** The checked options with their defaults. */
export interface WebhookSettings extends Pick<WebhookHandlerOptions, 'onExpired'> {
  readonly keys: WebhookKeys;
  readonly onAudit: WebhookHandlerOptions['onAudit'] | undefined;
  readonly store: ConnectStore | 'memory';
}

const SECRET_RULE = 'must be the secret that Composio shows for the webhook subscription, or a list of such secrets';

const secretSchema = z.string(SECRET_RULE).min(1, SECRET_RULE);

const optionsSchema = z.strictObject({
  secret: z.union([secretSchema, z.array(secretSchema).min(1, SECRET_RULE)], SECRET_RULE),
  onExpired: functionSchema<WebhookHandlerOptions['onExpired']>('must be a function that takes the expired account'),
  onAudit: functionSchema<NonNullable<WebhookHandlerOptions['onAudit']>>('must be a function').optional(),
  store: storeSchema.optional(),
} satisfies Record<keyof WebhookHandlerOptions, z.ZodType>);

/** @throws Error that names the invalid option and how to fix it */
export function checkWebhookOptions(options: WebhookHandlerOptions): WebhookSettings {
  const { secret, onExpired, onAudit, store } = parseOptions('createWebhookHandler', optionsSchema, options);
  return {
    keys: typeof secret === 'string' ? [secret] : secret,
    onExpired: (account) => onExpired(account),
    onAudit,
    store: chooseStore('createWebhookHandler', store, false),
  };
}
