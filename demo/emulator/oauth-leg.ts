import * as openid from 'openid-client';
import type { AuthorizationAnswer } from './emulator-state.js';
import { type AuthConfigRecord, findScheme, type ToolkitRecord } from './toolkit-records.js';

/** The authorization server that stands for every OAuth app. */
export interface ProviderConnection {
  readonly issuer: string;
  /** Token with which one client is registered for each auth config (RFC 7591). */
  readonly initialAccessToken: string;
}

/** The emulator as OAuth client: authorization code with PKCE (RFC 7636), `state`, token exchange, revocation. */
export interface OAuthLeg {
  /** Returns the URL for the browser, and the secrets to keep until it comes back with this `state`. */
  begin(authConfig: AuthConfigRecord): Promise<{ url: URL; state: string; codeVerifier: string }>;
  /** Redeems the code. Resolves to the `state.val` of an ACTIVE account; rejects with an {@link OAuthError}. */
  exchange(authConfig: AuthConfigRecord, answer: AuthorizationAnswer): Promise<Record<string, unknown>>;
  /** Revokes the tokens (RFC 7009). Resolves to the kinds that were revoked. */
  revoke(authConfig: AuthConfigRecord, val: Record<string, unknown>): Promise<RevokedToken[]>;
}

export type RevokedToken = 'access_token' | 'refresh_token';

/** A refusal of the provider, sent to the browser or by the token endpoint. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';

  /** `access_denied`, `invalid_grant`, … (RFC 6749 §4.1.2.1, §5.2) */
  readonly error: string;
  readonly description: string;

  constructor(error: string, description: string) {
    super(`${error}: ${description}`);
    this.error = error;
    this.description = description;
  }
}

/** Path of the redirect URI. */
export const OAUTH_CALLBACK_PATH = '/toolkits/auth/callback';

/** Registers with the provider when the first user needs it, once for each auth config. */
export function createOAuthLeg(
  origin: string,
  provider: ProviderConnection | undefined,
  toolkits: ReadonlyMap<string, ToolkitRecord>,
): OAuthLeg {
  const redirectUri = `${origin}/api/v3${OAUTH_CALLBACK_PATH}`;
  const registrations = new Map<string, Promise<openid.Configuration>>();

  function register(authConfig: AuthConfigRecord): Promise<openid.Configuration> {
    const known = registrations.get(authConfig.id);
    if (known !== undefined) return known;
    if (provider === undefined) throw new Error('Start the emulator with `provider` to connect OAuth accounts.');
    const service = toolkits.get(authConfig.toolkitSlug)?.name ?? authConfig.name;
    const registration = registerClient(provider, service, redirectUri);
    registration.catch(() => registrations.delete(authConfig.id));
    registrations.set(authConfig.id, registration);
    return registration;
  }

  return {
    begin: async (authConfig) => {
      const codeVerifier = openid.randomPKCECodeVerifier();
      const state = openid.randomState();
      const url = openid.buildAuthorizationUrl(await register(authConfig), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        code_challenge: await openid.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        prompt: 'consent',
        state,
      });
      return { url, state, codeVerifier };
    },
    exchange: async (authConfig, answer) => {
      const scopes = findScheme(toolkits.get(authConfig.toolkitSlug), authConfig.authScheme)?.scopes ?? [];
      return { ...(await redeem(await register(authConfig), answer)), scope: scopes.join(' ') };
    },
    revoke: async (authConfig, val) => {
      const kinds: RevokedToken[] = ['access_token', 'refresh_token'];
      const present = kinds.filter((kind) => typeof val[kind] === 'string');
      for (const kind of present) await openid.tokenRevocation(await register(authConfig), String(val[kind]));
      return present;
    },
  };
}

function registerClient(
  { issuer, initialAccessToken }: ProviderConnection,
  service: string,
  redirectUri: string,
): Promise<openid.Configuration> {
  const metadata = {
    client_name: 'Composio',
    service_name: service,
    redirect_uris: [redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: 'ES256',
  };
  return openid.dynamicClientRegistration(new URL(issuer), metadata, undefined, {
    initialAccessToken,
    // The demo's provider uses plain http on the loopback address.
    execute: [openid.allowInsecureRequests],
  });
}

async function redeem(configuration: openid.Configuration, { url, state, codeVerifier }: AuthorizationAnswer) {
  try {
    const checks = { expectedState: state, pkceCodeVerifier: codeVerifier, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(configuration, url, checks);
    const subject = tokens.claims()?.sub ?? '';
    const person = await openid.fetchUserInfo(configuration, tokens.access_token, subject);
    return {
      access_token: tokens.access_token,
      refresh_token: tokens.refresh_token ?? null,
      token_type: 'Bearer',
      expires_in: tokens.expires_in ?? null,
      displayName: person.preferred_username ?? person.sub,
    };
  } catch (error) {
    if (error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError) {
      throw new OAuthError(error.error, error.error_description ?? '');
    }
    throw error;
  }
}
