import { randomBytes } from 'node:crypto';
import { Composio } from '@composio/core';
import { getRequestListener } from '@hono/node-server';
import { type BindingMode, createConnectHandler, createSessionToken, identifyBySessionToken } from '../src/server.js';
import { createApp, type EmulatedParts } from './app/create-app.js';
import { createFailingBackends, type FailureSurroundings } from './app/failures/failing-backends.js';
import { LANGUAGE_SAMPLES } from './app/languages/language-shows.js';
import { loadIntegrations } from './app/load-integrations.js';
import { createSessions } from './app/session.js';
import { THEME_SAMPLES } from './app/themes/theme-samples.js';
import { createVisitorBackend, type VisitorBackendOptions } from './app/visitor-backend.js';
import { type Emulator, startEmulator } from './emulator/start-emulator.js';
import { type Provider, startProvider } from './provider/start-provider.js';
import { createSampleAccounts } from './sample-accounts.js';
import { startHttpServer } from './start-http-server.js';

/** The emulator's auth configs that the page offers. */
const EMULATED_AUTH_CONFIGS = [
  'ac_github',
  'ac_googlecalendar',
  'ac_slack',
  'ac_notion',
  'ac_zendesk',
  'ac_firecrawl',
  'ac_googlebigquery',
  'ac_hackernews',
];

/** Options of the demo. By default it runs on free ports and needs neither key nor internet. */
export interface DemoOptions {
  /** Port of the app on localhost. 0, the default, takes any free one; so do the other two. */
  readonly port?: number;
  readonly emulatorPort?: number;
  readonly providerPort?: number;
  /** API key with which the page runs against the real Composio, and nothing is emulated. */
  readonly composioApiKey?: string;
  /** Auth configs of that project, `ac_…`. */
  readonly authConfigIds?: readonly string[];
  /** Binding of a browser to its user. `verifier` gives the emulated project a verifier URL. Default `state`. */
  readonly binding?: BindingMode;
}

/** A running demo. */
export interface Demo {
  readonly origin: string;
  /** `undefined` when the real Composio is used. */
  readonly emulator: Emulator | undefined;
  readonly provider: Provider | undefined;
  close(): Promise<void>;
}

/** Starts the app and, unless there is a key, an emulated Composio with an OAuth provider on another site. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port, composioApiKey, authConfigIds = EMULATED_AUTH_CONFIGS, binding = 'state' } = options;
  let emulated: EmulatedComposio | undefined;
  const services: Service[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(services.map((service) => service.close()));
  };

  const createListener = async (origin: string) => {
    if (composioApiKey === undefined) emulated = await startEmulatedComposio(options, origin, services);
    const composio = emulated ? connectTo(emulated.emulator) : createRealComposio(composioApiKey);
    const sessions = createSessions();
    const secret = randomBytes(32).toString('base64url');
    const identifyByToken = identifyBySessionToken(secret);
    const handleConnect = createConnectHandler({
      composio,
      origin,
      binding,
      store: 'memory',
      secret,
      identify: async (request) => {
        const user = await sessions.read(request);
        return user === undefined ? identifyByToken(request) : { userId: user.id };
      },
    });
    const app = createApp({
      sessions,
      handleConnect,
      integrations: await loadIntegrations(composio, authConfigIds),
      createToken: (userId) => createSessionToken({ userId, origin }, secret),
      emulated: emulated && (await createEmulatedParts(emulated, origin, services)),
    });
    return getRequestListener(app.fetch);
  };

  try {
    const server = await startHttpServer(createListener, { host: 'localhost', port });
    const closeAll = async (): Promise<void> => {
      await Promise.all([server.close(), close()]);
    };
    return { origin: server.origin, emulator: emulated?.emulator, provider: emulated?.provider, close: closeAll };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Service {
  close(): Promise<void>;
}

interface EmulatedComposio {
  readonly emulator: Emulator;
  readonly provider: Provider;
}

async function startEmulatedComposio(
  { emulatorPort, providerPort, binding }: DemoOptions,
  appOrigin: string,
  services: Service[],
): Promise<EmulatedComposio> {
  const provider = await startProvider({ port: providerPort });
  services.push(provider);
  const emulator = await startEmulator({ port: emulatorPort, provider, logoUrl: logoUrlOn(appOrigin) });
  services.push(emulator);
  if (binding === 'verifier') emulator.knobs.verifierUrl = `${appOrigin}/api/connect/callback`;
  return { provider, emulator };
}

const logoUrlOn =
  (origin: string) =>
  (slug: string): string =>
    `${origin}/logos/${slug}.svg`;

/**
 * Creates what only the emulated demo has. Visitors of its pages have a Composio beside that of the settings, whatever its
 * binding. The pages of the failures start more when they are visited.
 */
async function createEmulatedParts(
  { emulator, provider }: EmulatedComposio,
  origin: string,
  services: Service[],
): Promise<EmulatedParts> {
  const startComposio: FailureSurroundings['startComposio'] = async ({ openerPolicy } = {}) => {
    const own = openerPolicy === undefined ? provider : await startIsolatedProvider(openerPolicy, services);
    const started = await startEmulator({ provider: own, logoUrl: logoUrlOn(origin) });
    services.push(started);
    return started;
  };
  const shared = await startComposio();
  const backendFor = (path: string, samples: VisitorBackendOptions['samples']) =>
    createVisitorBackend({ path, samples, origin, accounts: shared.accounts, composio: connectTo(shared) });
  return {
    samples: createSampleAccounts(emulator.accounts),
    failing: createFailingBackends({ origin, shared, startComposio, connectTo }),
    themes: backendFor('/themes', THEME_SAMPLES),
    languages: backendFor('/languages', LANGUAGE_SAMPLES),
  };
}

/** Starts a provider that isolates each of its pages from the page that opened it. */
async function startIsolatedProvider(openerPolicy: string, services: Service[]): Promise<Provider> {
  const provider = await startProvider();
  services.push(provider);
  provider.knobs.crossOriginOpenerPolicy = { authorize: openerPolicy, login: openerPolicy, consent: openerPolicy };
  return provider;
}

const QUIET = { allowTracking: false, disableVersionCheck: true };

function createRealComposio(apiKey: string | undefined): Composio {
  return new Composio({ ...QUIET, ...(apiKey !== undefined && { apiKey }) });
}

function connectTo({ apiKey, origin }: Emulator, otherKey = apiKey): Composio {
  return new Composio({ ...QUIET, apiKey: otherKey, baseURL: origin });
}
