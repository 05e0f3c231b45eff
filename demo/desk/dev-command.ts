import { type ChildProcess, spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { CommandError } from './command-error.js';
import type { Desk, DeskOptions } from './start-desk.js';

/** The packages that only this command needs, so that nobody else installs them. */
const NEEDED_PACKAGES = ['@hono/node-server', 'oidc-provider', 'openid-client'];

const DEFAULT_PORT = 4401;
const DEFAULT_KEY = 'ak_local';

/** The help of the command. */
export const DEV_HELP = `npx connect-account dev [options] [-- command]

Runs a local Composio with an OAuth provider, for development and tests without an
account, a key or the internet. Everything is kept in memory.

  --port 4401            port of Composio
  --provider-port 4402   port of the OAuth provider; by default the next one
  --page-port 4403       port of the page with all failure switches; by default the one after
  --key ak_local         API key
  --auto-consent LOGIN   octocat or hubot signs in and agrees without a click
  --verifier-url URL     verifier URL of the project, for binding: 'verifier'
  -- command             runs the command with both environment variables set, and ends with it:
                         npx connect-account dev -- npm test
`;

/** Runs the command until it is interrupted, or until the command behind `--` ends. Returns the exit code. */
export async function runDev(args: readonly string[]): Promise<number> {
  const dashes = args.indexOf('--');
  const [own, command] = dashes < 0 ? [args, []] : [args.slice(0, dashes), args.slice(dashes + 1)];
  const options = readOptions(own);
  refuseMissingPackages();
  const desk = await start(options);
  console.log(describeDesk(desk));
  try {
    return await (command.length > 0 ? runCommand(command, desk) : interrupted());
  } finally {
    await desk.close();
  }
}

function readOptions(args: readonly string[]): DeskOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: text,
      'provider-port': text,
      'page-port': text,
      key: text,
      'auto-consent': text,
      'verifier-url': text,
    },
  });
  if (positionals.length > 0) {
    const command = positionals.join(' ');
    throw new CommandError(
      `Write -- before the command, and in PowerShell '--': npx connect-account dev -- ${command}`,
    );
  }
  const port = readPort('--port', values.port, DEFAULT_PORT);
  const follow = (offset: number) => (port === 0 ? 0 : port + offset);
  const login = values['auto-consent'];
  if (login !== undefined && login !== 'octocat' && login !== 'hubot') {
    throw new CommandError(`--auto-consent is "${login}". Choose octocat or hubot.`);
  }
  const verifierUrl = values['verifier-url'];
  if (verifierUrl !== undefined && !URL.canParse(verifierUrl)) {
    throw new CommandError(
      `--verifier-url is "${verifierUrl}". Give the whole URL: http://localhost:3000/api/connect/callback`,
    );
  }
  return {
    port,
    providerPort: readPort('--provider-port', values['provider-port'], follow(1)),
    pagePort: readPort('--page-port', values['page-port'], follow(2)),
    apiKey: values.key ?? DEFAULT_KEY,
    autoConsent: login,
    verifierUrl,
  };
}

function readPort(name: string, text: string | undefined, usual: number): number {
  const port = Number(text ?? usual);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CommandError(`${name} is "${text}". Give a number below 65536.`);
  }
  return port;
}

function refuseMissingPackages(): void {
  const missing = NEEDED_PACKAGES.filter((name) => {
    try {
      import.meta.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length === 0) return;
  throw new CommandError(
    `connect-account dev also needs ${missing.join(', ')}, which your app does not. Install what is missing:\n\n` +
      `  npm install --save-dev ${missing.join(' ')}\n`,
  );
}

async function start(options: DeskOptions): Promise<Desk> {
  const { startDesk } = await import('./start-desk.js');
  try {
    return await startDesk(options);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      const port = 'port' in error ? error.port : options.port;
      throw new CommandError(
        `Port ${port} is in use. Stop what listens there (another connect-account dev?), or choose three others: --port 4501`,
      );
    }
    throw error;
  }
}

/** The environment of a backend that uses this Composio. */
function environmentOf({ emulator }: Desk): Record<string, string> {
  return { COMPOSIO_BASE_URL: emulator.origin, COMPOSIO_API_KEY: emulator.apiKey };
}

function describeDesk(desk: Desk): string {
  const { emulator, provider, pageOrigin } = desk;
  const configs = [...emulator.authConfigs.values()];
  const width = Math.max(...configs.map(({ id }) => id.length));
  const lines = [
    ...Object.entries(environmentOf(desk)).map(([name, value]) => `${name}=${value}`),
    '',
    'Auth configs:',
    ...configs.map(({ id, name, authScheme }) => `  ${id.padEnd(width)}  ${name}, ${authScheme}`),
    '',
    `Failure switches, accounts, clock: ${pageOrigin}`,
    `OAuth provider: ${provider.origin}, signs in octocat and hubot`,
    'Ctrl-C stops everything.',
  ];
  return lines.join('\n');
}

function interrupted(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(0));
  });
}

async function runCommand([program = '', ...args]: readonly string[], desk: Desk): Promise<number> {
  const env = { ...process.env, ...environmentOf(desk) };
  // On Windows, npm and npx are scripts, which only a shell starts.
  const child: ChildProcess = spawn(program, args, { env, stdio: 'inherit', shell: process.platform === 'win32' });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new CommandError(`"${program}" could not be started: ${error.message}`)));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
