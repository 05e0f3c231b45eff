import { getRequestListener } from '@hono/node-server';
import { type Emulator, startEmulator } from '../emulator/start-emulator.js';
import { type Provider, startProvider } from '../provider/start-provider.js';
import { startHttpServer } from '../start-http-server.js';
import { createDeskApp } from './desk-app.js';

/** Options of the desk. 0 takes any free port. */
export interface DeskOptions {
  readonly port: number;
  readonly providerPort: number;
  readonly pagePort: number;
  readonly apiKey: string;
  /** A login that signs in and agrees without a click, for tests without a person. */
  readonly autoConsent?: string | undefined;
  /** Project setting of the emulated Composio. */
  readonly verifierUrl?: string | undefined;
}

/** A running local Composio with its provider and its page of knobs. */
export interface Desk {
  readonly emulator: Emulator;
  readonly provider: Provider;
  /** Address of the page. */
  readonly pageOrigin: string;
  close(): Promise<void>;
}

/** Starts the three servers, or none. @throws the `EADDRINUSE` error of Node when a port is taken */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const started: Array<{ close(): Promise<void> }> = [];
  const close = async (): Promise<void> => {
    await Promise.all(started.map((server) => server.close()));
  };
  try {
    const provider = await startProvider({ port: options.providerPort });
    started.push(provider);
    const emulator = await startEmulator({ port: options.port, apiKey: options.apiKey, provider });
    started.push(emulator);
    provider.knobs.autoConsent = options.autoConsent;
    emulator.knobs.verifierUrl = options.verifierUrl;
    const page = await startHttpServer(() => getRequestListener(createDeskApp({ emulator, provider }).fetch), {
      host: '127.0.0.1',
      port: options.pagePort,
    });
    started.push(page);
    return { emulator, provider, pageOrigin: page.origin, close };
  } catch (error) {
    await close();
    throw error;
  }
}
