import { z } from 'zod';
import { isLoopbackHostname, isLoopbackOrigin } from '../../core/model/redirect-url.js';
import { type ComposioLike, findMissingMember } from '../composio/composio-like.js';
import { isWireId } from '../composio/wire-value.js';
import { createOriginCheck, type OriginCheck } from '../http/origins.js';
import { type ConnectStore, chooseStore, storeSchema } from '../store/store.js';
import { type SigningKeys, signingKeys } from '../tokens/signed-token.js';
import type { AuditEvent } from './audit.js';
import type { Identify } from './identity.js';
import { functionSchema, parseOptions } from './parse-options.js';

/** The way in which the browser that finishes a link is bound to the user who started it. */
export type BindingMode = 'state' | 'verifier' | 'off';

/** The options of `createConnectHandler`. */
export interface ConnectHandlerOptions<Context = unknown> {
  /** An instance of `Composio` from `@composio/core`. */
  readonly composio: ComposioLike;
  /** Returns the signed-in user from the host's own session, or `null` for a 401. It gets a clone, so it may read the body. */
  readonly identify: Identify<Context>;
  /** At least 32 bytes; `undefined`, as from a missing variable, throws. In a list, the first secret signs and all verify, so that secrets can be rotated. */
  readonly secret: string | readonly string[] | undefined;
  /** Public origin of the host, like `'https://app.example.com'`. Without it, only requests to a loopback address are served. */
  readonly origin?: string | undefined;
  /** The path at which the handler sees itself. Default `'/api/connect'`. */
  readonly basePath?: string;
  /** The path at which browsers see it, if a proxy or a framework's base path strips a prefix. Default: `basePath`. */
  readonly publicPath?: string;
  /**
   * Other origins whose pages may call the handler. A function serves tenants and previews: only `true` allows an origin.
   */
  readonly allowedOrigins?: readonly string[] | ((origin: string) => boolean);
  /** Callback pages in addition to `{origin}{publicPath}/callback`. */
  readonly callbackUrls?: readonly string[];
  /** The auth configs that this handler serves. Default: all of the project. */
  readonly authConfigIds?: readonly string[];
  /**
   * `verifier` is stronger than `state` and needs a verifier URL in the Composio project. With `off`, anyone who finishes a
   * link connects their account to the user who started it. Default `'state'`.
   */
  readonly binding?: BindingMode;
  /** The number of links and accounts that one user may start per minute, counted in `store`. Default 30. */
  readonly linksPerMinute?: number;
  /** The number of calls to Composio that one user may cause per minute, counted in `store`. Default 120. */
  readonly upstreamCallsPerMinute?: number;
  /** The number of calls per minute in which this instance reads the statuses of all who wait. Default 600. */
  readonly upstreamReadsPerMinute?: number;
  /**
   * The store that all instances share, or `'memory'` if a single process serves everything. May be left out only if `origin`
   * is on this machine.
   */
  readonly store?: ConnectStore | 'memory';
  /** Called with each audit event. Its errors are ignored. */
  readonly onAudit?: (event: AuditEvent) => void;
}

/** The checked options with their defaults. */
export interface HandlerSettings extends Pick<ConnectHandlerOptions, 'composio' | 'identify'> {
  readonly onAudit: ConnectHandlerOptions['onAudit'] | undefined;
  readonly keys: SigningKeys;
  readonly origin: string | undefined;
  /** `''` for the root */
  readonly basePath: string;
  /** `''` for the root */
  readonly publicPath: string;
  /** `null` if no other origin may call. */
  readonly allowedOrigins: OriginCheck | null;
  /** The origin and path of each page. */
  readonly callbackUrls: readonly string[];
  readonly authConfigIds: readonly string[] | undefined;
  readonly binding: BindingMode;
  readonly linksPerMinute: number;
  readonly upstreamCallsPerMinute: number;
  readonly upstreamReadsPerMinute: number;
  readonly store: ConnectStore | 'memory';
}

const PATH_RULE = "must start with a slash and not end with one, like '/api/connect'";

const isHttps = (value: unknown): boolean => {
  const url = parseUrl(value);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHostname(url.hostname));
};
const HTTPS_REQUIRED = 'must use https; http is allowed for localhost only';

const originSchema = z
  .custom<string>((value) => parseUrl(value)?.origin === value && value !== 'null' && !String(value).includes('*'), {
    error: ({ input }) => `must be an origin without a path or wildcard: write ${suggestOrigin(input)}`,
  })
  .refine(isHttps, HTTPS_REQUIRED);

const callbackUrlSchema = z
  .string('must be a list of strings')
  .refine(isUrlWithoutUser, "must hold absolute URLs, like 'https://app.example.com/connected'")
  .refine(isHttps, HTTPS_REQUIRED)
  .refine((value) => !value.includes('*'), 'must name each page: a wildcard matches nothing')
  .transform((value) => {
    const { origin, pathname } = new URL(value);
    return origin + pathname;
  });

const pathSchema = z
  .string(PATH_RULE)
  .regex(/^(\/|(\/[\w.~-]+)+)$/, PATH_RULE)
  .transform((path) => (path === '/' ? '' : path));

const countSchema = (max: number) =>
  z.custom<number>(
    (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= max,
    `must be a whole number from 1 to ${max}`,
  );

const optionsSchema = z.strictObject({
  composio: z
    .custom<ComposioLike>(
      (value) => typeof (value as Partial<ComposioLike> | null | undefined)?.getClient === 'function',
      'must be a Composio client: pass `new Composio({ apiKey })` of @composio/core',
    )
    .superRefine((composio, context) => {
      const missing = findMissingMember(composio);
      if (missing === null) return;
      const message = `has no \`${missing}\` in its client: install a version of @composio/core from 0.17 to 1`;
      context.addIssue({ code: 'custom', message });
    }),
  identify: functionSchema<Identify>('must be a function that returns { userId } of the signed-in user, or null'),
  secret: z.unknown(),
  origin: originSchema.optional(),
  basePath: pathSchema.optional(),
  publicPath: pathSchema.optional(),
  allowedOrigins: z
    .custom<readonly string[] | OriginCheck>()
    .superRefine((value: unknown, context) => {
      if (typeof value === 'function') return;
      const parsed = z.array(originSchema, 'must be a list of strings, or a function').safeParse(value);
      if (!parsed.success) context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? '' });
    })
    .optional(),
  callbackUrls: z.array(callbackUrlSchema, 'must be a list of strings').optional(),
  authConfigIds: z
    .array(
      z.string('must be a list of strings').refine(isWireId, "must hold ids like 'ac_…'"),
      'must be a list of strings',
    )
    .min(1, 'must not be empty; leave it out to allow all auth configs')
    .optional(),
  binding: z.enum(['state', 'verifier', 'off'], "must be 'state', 'verifier' or 'off'").optional(),
  linksPerMinute: countSchema(1000).optional(),
  upstreamCallsPerMinute: countSchema(100_000).optional(),
  upstreamReadsPerMinute: countSchema(100_000).optional(),
  store: storeSchema.optional(),
  onAudit: functionSchema<NonNullable<ConnectHandlerOptions['onAudit']>>('must be a function').optional(),
} satisfies Record<keyof ConnectHandlerOptions, z.ZodType>);

/** @throws Error that names the invalid option and how to fix it */
export function checkOptions(options: ConnectHandlerOptions<never>): HandlerSettings {
  const { secret, ...checked } = parseOptions('createConnectHandler', optionsSchema, options);
  const basePath = checked.basePath ?? '/api/connect';
  return {
    ...checked,
    keys: signingKeys(secret),
    onAudit: checked.onAudit,
    origin: checked.origin,
    authConfigIds: checked.authConfigIds,
    basePath,
    publicPath: checked.publicPath ?? basePath,
    allowedOrigins: createOriginCheck(checked.allowedOrigins ?? []),
    callbackUrls: checked.callbackUrls ?? [],
    binding: checked.binding ?? 'state',
    linksPerMinute: checked.linksPerMinute ?? 30,
    upstreamCallsPerMinute: checked.upstreamCallsPerMinute ?? 120,
    upstreamReadsPerMinute: checked.upstreamReadsPerMinute ?? 600,
    store: chooseStore('createConnectHandler', checked.store, isLocal(checked.origin)),
  };
}

/** Returns whether only this machine is served: without an `origin`, any other request is refused. */
function isLocal(origin: string | undefined): boolean {
  return origin === undefined || isLoopbackOrigin(origin);
}

function parseUrl(value: unknown): URL | null {
  return typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
}

function isUrlWithoutUser(value: string): boolean {
  const url = parseUrl(value);
  return url !== null && url.username === '' && url.password === '';
}

function suggestOrigin(value: unknown): string {
  const origin = parseUrl(value)?.origin ?? 'null';
  return origin === 'null' || origin.includes('*') ? "one like 'https://app.example.com'" : `'${origin}'`;
}
