import { randomBytes } from 'node:crypto';
import { Composio } from '@composio/core';
import { getRequestListener } from '@hono/node-server';
import { type BindingMode, createConnectHandler } from '../src/server.js';
import { createApp } from './app/create-app.js';
import { loadIntegrations } from './app/load-integrations.js';
import { createSessions } from './app/session.js';
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
  const close = async (): Promise<void> => {
    await Promise.all([emulated?.emulator.close(), emulated?.provider.close()]);
  };

  const createListener = async (origin: string) => {
    if (composioApiKey === undefined) emulated = await startEmulatedComposio(options, origin);
    const composio = createComposio(composioApiKey, emulated?.emulator);
    const sessions = createSessions();
    const handleConnect = createConnectHandler({
      composio,
      origin,
      binding,
      store: 'memory',
      secret: randomBytes(32).toString('base64url'),
      identify: async (request) => {
        const user = await sessions.read(request);
        return user === undefined ? null : { userId: user.id };
      },
    });
    const integrations = await loadIntegrations(composio, authConfigIds);
    const samples = emulated && createSampleAccounts(emulated.emulator.accounts);
    return getRequestListener(createApp({ sessions, integrations, handleConnect, samples }).fetch);
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

interface EmulatedComposio {
  readonly emulator: Emulator;
  readonly provider: Provider;
}

async function startEmulatedComposio(
  { emulatorPort, providerPort, binding }: DemoOptions,
  appOrigin: string,
): Promise<EmulatedComposio> {
  const provider = await startProvider({ port: providerPort });
  const logoUrl = (slug: string): string => `${appOrigin}/logos/${slug}.svg`;
  const emulator = await startEmulator({ port: emulatorPort, provider, logoUrl });
  if (binding === 'verifier') emulator.knobs.verifierUrl = `${appOrigin}/api/connect/callback`;
  return { provider, emulator };
}

function createComposio(apiKey: string | undefined, emulator: Emulator | undefined): Composio {
  const quiet = { allowTracking: false, disableVersionCheck: true };
  return emulator === undefined
    ? new Composio({ ...quiet, ...(apiKey !== undefined && { apiKey }) })
    : new Composio({ ...quiet, apiKey: emulator.apiKey, baseURL: emulator.origin });
}
