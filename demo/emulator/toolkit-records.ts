import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from './emulator-clock.js';

/** The schemes that the emulator supports. Composio has fifteen. */
export type AuthScheme =
  | 'OAUTH2'
  | 'CIMD_OAUTH'
  | 'API_KEY'
  | 'BASIC'
  | 'BEARER_TOKEN'
  | 'GOOGLE_SERVICE_ACCOUNT'
  | 'NO_AUTH';

/** A field in wire form. Its mixed key style is that of the live API. */
export interface FieldRecord {
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly description: string;
  readonly required: boolean;
  readonly default?: string | null;
  readonly is_secret?: boolean;
  readonly user_visible?: boolean;
}

/** One way of connecting to a toolkit. */
export interface SchemeRecord {
  readonly mode: AuthScheme;
  readonly isComposioManaged: boolean;
  readonly authHintUrl?: string;
  readonly scopes?: readonly string[];
  /** The user's input: `connected_account_initiation` on the wire. */
  readonly fields: readonly FieldRecord[];
}

/** A third-party app. */
export interface ToolkitRecord {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly category: { readonly slug: string; readonly name: string };
  readonly baseUrl: string;
  /** Whether the app can revoke access. */
  readonly isRevocable: boolean;
  readonly schemes: readonly SchemeRecord[];
}

/** An auth config: how a project offers a toolkit to its users. Tests may disable it. */
export interface AuthConfigRecord {
  readonly id: string;
  readonly uuid: string;
  readonly toolkitSlug: string;
  name: string;
  readonly authScheme: AuthScheme;
  readonly isComposioManaged: boolean;
  status: 'ENABLED' | 'DISABLED';
  /** Credentials of the developer, not of the user. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly createdAt: number;
  lastUpdatedAt: number;
}

/** Returns the scheme of a toolkit by its name. */
export function findScheme(toolkit: ToolkitRecord | undefined, mode: AuthScheme): SchemeRecord | undefined {
  return toolkit?.schemes.find((scheme) => scheme.mode === mode);
}

/** Whether connecting sends the browser to the third party. */
export function isRedirecting(mode: AuthScheme): boolean {
  return mode === 'OAUTH2' || mode === 'CIMD_OAUTH';
}

/** Creates an auth config. A custom OAuth one gets the credentials of a developer's app. */
export function createAuthConfig(
  { id, toolkitSlug, name, scheme }: { id: string; toolkitSlug: string; name: string; scheme: SchemeRecord },
  clock: EmulatorClock,
): AuthConfigRecord {
  const isCustomOAuth = scheme.mode === 'OAUTH2' && !scheme.isComposioManaged;
  return {
    id,
    uuid: randomUUID(),
    toolkitSlug,
    name,
    authScheme: scheme.mode,
    isComposioManaged: scheme.isComposioManaged,
    status: 'ENABLED',
    credentials: isCustomOAuth ? { client_id: `client_${toolkitSlug}`, client_secret: `secret_${randomUUID()}` } : {},
    createdAt: clock.now(),
    lastUpdatedAt: clock.now(),
  };
}
