import { randomBytes } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { startHttpServer } from '../start-http-server.js';
import { createInteractionApp } from './interactions.js';
import { OidcProvider } from './oidc-provider.js';
import { createProviderConfiguration } from './provider-configuration.js';

/** Settings that a test may change while the provider runs. */
export interface ProviderKnobs {
  /** A login (`octocat`, `hubot`) that signs in and consents to every request without a click. */
  autoConsent?: string | undefined;
  /**
   * `Cross-Origin-Opener-Policy` by hop: `authorize` on every redirect of the authorization endpoint (the first hop),
   * `login` and `consent` on those pages.
   */
  crossOriginOpenerPolicy: { authorize?: string; login?: string; consent?: string };
  /**
   * Whether a user has one grant for an app, so that the revocation of one token ends all others, as at most providers (RFC 7009
   * §2.1). Otherwise each consent is a grant of its own.
   */
  revokesWholeGrant: boolean;
}

/** A running authorization server, on another site (127.0.0.1) than the app (localhost). */
export interface Provider {
  readonly origin: string;
  /** Issuer identifier: `${issuer}/.well-known/openid-configuration` (OpenID Connect Discovery 1.0). */
  readonly issuer: string;
  /** Lets a client register itself (RFC 7591). Made at start. */
  readonly initialAccessToken: string;
  readonly knobs: ProviderKnobs;
  close(): Promise<void>;
}

/** Starts the certified `oidc-provider` with its own sign-in and consent pages. It keeps everything in memory. */
export async function startProvider({
  port,
  host = '127.0.0.1',
}: {
  port?: number | undefined;
  host?: string;
} = {}): Promise<Provider> {
  const initialAccessToken = randomBytes(32).toString('base64url');
  const knobs: ProviderKnobs = { crossOriginOpenerPolicy: {}, revokesWholeGrant: true };
  const configuration = await createProviderConfiguration(initialAccessToken);

  const server = await startHttpServer(
    (origin) => {
      const provider = new OidcProvider(origin, configuration);
      const answerProtocol = provider.callback();
      const answerPages = getRequestListener(createInteractionApp(provider, knobs).fetch);
      return (request, response) => {
        const path = request.url ?? '/';
        if (path.startsWith('/interaction/') || path === '/provider.css') return void answerPages(request, response);
        const policy = knobs.crossOriginOpenerPolicy.authorize;
        if (policy !== undefined && path.startsWith('/auth')) response.setHeader('Cross-Origin-Opener-Policy', policy);
        return void answerProtocol(request, response);
      };
    },
    { host, port },
  );
  return { origin: server.origin, issuer: server.origin, initialAccessToken, knobs, close: server.close };
}
