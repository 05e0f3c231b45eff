import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { startHttpServer } from '../../demo/start-http-server.js';
import { waitUntil } from '../support/wait-until.js';

/** A backend in a process of its own. */
export interface RunningBackend {
  stop(): Promise<void>;
}

/** Returns an origin on this machine where nothing listens. */
export async function freeOrigin(): Promise<string> {
  const server = await startHttpServer(() => () => {}, { host: 'localhost' });
  await server.close();
  return server.origin;
}

/** Starts a program and waits until it serves the callback page. */
export async function runBackend(
  program: string,
  args: readonly string[],
  options: {
    readonly origin: string;
    readonly env: NodeJS.ProcessEnv;
    readonly cwd?: string;
    readonly isUp?: () => Promise<boolean>;
  },
): Promise<RunningBackend> {
  const { origin, cwd = process.cwd() } = options;
  const env = { ...process.env, ...options.env };
  const child: ChildProcess = spawn(program, args, { cwd, env, stdio: 'inherit' });
  const stop = async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  };
  try {
    const isUp = options.isUp ?? (async () => (await fetch(`${origin}/api/connect/callback`)).ok);
    await waitUntil(() => isUp().catch(() => false), `${args.join(' ')} listens`);
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
