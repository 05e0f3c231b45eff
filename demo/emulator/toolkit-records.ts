import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from './emulator-clock.js';

/** The schemes that the emulator plays. Composio knows fifteen. */
export type AuthScheme = 'OAUTH2' | 'API_KEY' | 'BASIC' | 'BEARER_TOKEN' | 'GOOGLE_SERVICE_ACCOUNT' | 'NO_AUTH';

/** A field as the wire has it: its keys are mixed, and so are they on the live API. */
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
  /** What the user supplies: `connected_account_initiation` on the wire. */
  readonly fields: readonly FieldRecord[];
}

/** A third-party app. */
export interface ToolkitRecord {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly category: { readonly slug: string; readonly name: string };
  readonly baseUrl: string;
  /** Whether the app can take back what it granted. */
  readonly isRevocable: boolean;
  readonly schemes: readonly SchemeRecord[];
}

/** How a project offers a toolkit to its users. Tests may disable it. */
export interface AuthConfigRecord {
  readonly id: string;
  readonly uuid: string;
  readonly toolkitSlug: string;
  name: string;
  readonly authScheme: AuthScheme;
  readonly isComposioManaged: boolean;
  status: 'ENABLED' | 'DISABLED';
  /** The developer's, not the user's. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly createdAt: number;
  lastUpdatedAt: number;
}

/** The scheme of a toolkit that goes by this name. */
export function findScheme(toolkit: ToolkitRecord | undefined, mode: AuthScheme): SchemeRecord | undefined {
  return toolkit?.schemes.find((scheme) => scheme.mode === mode);
}

/** Whether connecting sends the browser to the third party. */
export function isRedirecting(mode: AuthScheme): boolean {
  return mode === 'OAUTH2';
}

/** A new auth config; a custom OAuth one gets the credentials of a developer's app. */
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
