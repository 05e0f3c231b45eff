import { type Demo, type DemoOptions, startDemo } from './start-demo.js';

const DEFAULT_PORT = 4400;

/**
 * Command line of the demo: `npm start`, with PORT, BINDING, COMPOSIO_API_KEY and AUTH_CONFIG_IDS from the environment.
 */
async function main(): Promise<void> {
  const options = readEnvironment(process.env);
  const demo = await startDemo(options).catch((error: unknown) => giveUp(describeFailure(error, options)));
  console.log(describeDemo(demo));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)));
  }
}

function readEnvironment(environment: NodeJS.ProcessEnv): DemoOptions {
  const { PORT, BINDING: binding = 'state', COMPOSIO_API_KEY, AUTH_CONFIG_IDS } = environment;
  const port = Number(PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    giveUp(`PORT is "${PORT}". Set it to a number below 65536.`);
  if (binding !== 'state' && binding !== 'verifier') giveUp(`BINDING is "${binding}". Set it to state or verifier.`);
  if (!COMPOSIO_API_KEY) return { port, binding };
  const authConfigIds = (AUTH_CONFIG_IDS ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (authConfigIds.length === 0) {
    giveUp(
      'COMPOSIO_API_KEY is set: set AUTH_CONFIG_IDS too, to auth configs of that project (AUTH_CONFIG_IDS=ac_…,ac_…).',
    );
  }
  return { port, binding, composioApiKey: COMPOSIO_API_KEY, authConfigIds };
}

function describeDemo({ origin, emulator, provider }: Demo): string {
  const lines = [`App       ${origin}`];
  if (emulator === undefined) lines.push('Composio  the real one, by COMPOSIO_API_KEY');
  else lines.push(`Composio  ${emulator.origin}  emulated`);
  if (provider !== undefined) lines.push(`Provider  ${provider.origin}  signs in octocat and hubot`);
  return `\n  ${lines.join('\n  ')}\n\n  Ctrl-C stops everything.\n`;
}

function describeFailure(error: unknown, { port }: DemoOptions): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `Port ${port} is in use. Stop what listens there, or choose another one: PORT=3100 npm start`;
  }
  return `The demo could not start: ${error.message}`;
}

function giveUp(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

await main();
