import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { findProviderAccount } from './provider-logins.js';
import { errorPage } from './provider-pages.js';

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;

/** Creates the signing key and the cookie keys at start, so no secret is in the sources. */
export async function createProviderConfiguration(initialAccessToken: string): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demo' };
  return {
    adapter: createMemoryAdapter(),
    jwks: { keys: [signingKey] },
    // Cookies ignore ports: every server on 127.0.0.1 reads these, so their names are unique.
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: 'provider_session', interaction: 'provider_interaction', resume: 'provider_resume' },
    },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    extraClientMetadata: { properties: ['service_name'] },
    pkce: { required: () => true },
    findAccount: (_context: unknown, login: string) => findProviderAccount(login),
    issueRefreshToken: () => true,
    clientBasedCORS: () => false,
    interactions: { url: (_context: unknown, interaction: { uid: string }) => `/interaction/${interaction.uid}` },
    renderError: async (context: KoaContextWithOIDC, out: ErrorOut) => {
      context.type = 'html';
      context.body = String(await errorPage(out.error_description ?? out.error));
    },
    features: {
      devInteractions: { enabled: false },
      registration: { enabled: true, initialAccessToken },
      revocation: { enabled: true, allowedPolicy: () => true },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: 60 * MINUTE_S,
      AuthorizationCode: MINUTE_S,
      Grant: 14 * DAY_S,
      IdToken: 60 * MINUTE_S,
      Interaction: 60 * MINUTE_S,
      RefreshToken: 14 * DAY_S,
      Session: 14 * DAY_S,
    },
  };
}
