import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration, ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { findProviderAccount } from './provider-logins.js';
import { errorPage } from './provider-pages.js';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Signing key and cookie keys are made here, at start: nothing secret is in the sources. */
export async function createProviderConfiguration(initialAccessToken: string): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'demo' };
  return {
    adapter: createMemoryAdapter(),
    jwks: { keys: [signingKey] },
    // Cookies know no ports: every server on 127.0.0.1 reads these, so their names say whose they are.
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
      AccessToken: 60 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: 14 * DAY,
      IdToken: 60 * MINUTE,
      Interaction: 60 * MINUTE,
      RefreshToken: 14 * DAY,
      Session: 14 * DAY,
    },
  };
}
