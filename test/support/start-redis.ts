import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { startHttpServer } from '../../demo/start-http-server.js';
import { ensureProgram } from './ensure-program.js';
import { waitUntil } from './wait-until.js';

/** A private Redis server. */
export interface Redis {
  /** `redis://127.0.0.1:…` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Debian's Redis on a free port, in memory only. Installs it if we have permission.
 * @throws Error that says how to install it.
 */
export async function startRedis(): Promise<Redis> {
  const program = ensureProgram({
    title: 'Redis server',
    names: ['redis-server'],
    variable: 'REDIS_SERVER_PATH',
    debianPackage: 'redis-server',
  });
  const port = await freePort();
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
  const server = spawn(program, args, { stdio: 'ignore' });
  await waitUntil(() => answers(Number(port)), 'Redis listens').catch(async (error: unknown) => {
    await stop(server);
    throw error;
  });
  return { url: `redis://127.0.0.1:${port}`, close: () => stop(server) };
}

async function freePort(): Promise<string> {
  const server = await startHttpServer(() => () => {}, { host: '127.0.0.1' });
  await server.close();
  return new URL(server.origin).port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill();
  await once(server, 'exit');
}
