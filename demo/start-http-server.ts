import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The address of a demo server, always a loopback name. */
export interface ListenOptions {
  /** `127.0.0.1` or `localhost`, which are two different sites to a browser. */
  readonly host: string;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
}

/** A listening server. */
export interface HttpServer {
  readonly origin: string;
  /** Stops at once and cuts open connections, including those that wait for a response. */
  close(): Promise<void>;
}

/**
 * Listens first and creates the listener then, because a server that uses its own origin in responses must know it.
 * Requests that arrive earlier wait for the listener.
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
