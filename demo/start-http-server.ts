import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where a server of the demo listens. Never anything but a loopback name. */
export interface ListenOptions {
  /** `127.0.0.1` or `localhost`: to a browser two different sites. */
  readonly host: string;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
}

/** A listening server. */
export interface HttpServer {
  readonly origin: string;
  /** Stops at once: open connections are cut, answers that never come included. */
  close(): Promise<void>;
}

/**
 * Listens, then asks for the listener, because a server that names itself in its answers must know its own origin first.
 * Requests that come before the listener is there wait for it.
 * @throws the `EADDRINUSE` error of Node when the port is taken.
 */
export async function startHttpServer(
  createListener: (origin: string) => RequestListener | Promise<RequestListener>,
  { host, port = 0 }: ListenOptions,
): Promise<HttpServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });

  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const ready = (async () => createListener(origin))();
  server.on('request', (request, response) => {
    ready.then(
      (listener) => listener(request, response),
      () => response.destroy(),
    );
  });
  try {
    await ready;
  } catch (error) {
    await close();
    throw error;
  }
  return { origin, close };
}
