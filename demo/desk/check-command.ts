import { parseArgs } from 'node:util';
import type { Check } from './check/check.js';
import type { ProbeOptions } from './check/probe.js';
import { ALL_CHECKS, type CheckResult, runChecks } from './check/run-checks.js';
import { CommandError } from './command-error.js';

/** The help of the command. */
export const CHECK_HELP = `npx connect-account check URL [options]

Tests a backend, in any language, against the protocol of the elements, and prints what
fails with its fix. URL is the endpoint: http://localhost:3000/api/connect
The exit code is 1 if anything fails. Accounts that it makes are deleted afterwards.

  --header "Cookie: …"        signs a user in; may be given several times
  --token TOKEN               the same by Authorization: Bearer
  --other-header "Cookie: …"  signs in a second user, to try what is not theirs
  --other-token TOKEN         the same by Authorization: Bearer
  --auth-config-id ac_…       auth config for the links that it makes
  --origin https://…          origin of your pages; default: that of URL
  --allowed-origin https://…  another origin that the backend allows
  --only id,id                runs only these checks
  --json                      prints one line of JSON for each check

Run it against a backend on \`npx connect-account dev\` to run every check.
`;

/** Runs the command. Returns the exit code. */
export async function runCheck(args: readonly string[]): Promise<number> {
  const { options, checks, isJson } = readArguments(args);
  const results: CheckResult[] = [];
  await requireReachable(options.endpoint);
  for await (const result of runChecks(options, checks)) {
    results.push(result);
    console.log(isJson ? toJson(result) : describe(result));
  }
  const count = (outcome: CheckResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  if (!isJson)
    console.log(
      `\n${count('passed')} passed, ${count('failed')} failed, ${count('advised')} advised, ${count('skipped')} skipped`,
    );
  return count('failed') > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      header: several,
      token: text,
      'other-header': several,
      'other-token': text,
      'auth-config-id': text,
      origin: text,
      'allowed-origin': text,
      only: text,
      json: { type: 'boolean', default: false },
    },
  });
  const endpoint = readEndpoint(positionals);
  const options: ProbeOptions = {
    endpoint: endpoint.href.replace(/\/+$/, ''),
    origin: readOrigin('--origin', values.origin) ?? endpoint.origin,
    session: readSession(values.header, values.token),
    otherSession: readSession(values['other-header'], values['other-token']),
    authConfigId: values['auth-config-id'],
    allowedOrigin: readOrigin('--allowed-origin', values['allowed-origin']),
  };
  return { options, checks: chooseChecks(values.only), isJson: values.json };
}

function readEndpoint([url = '', ...more]: readonly string[]): URL {
  if (more.length > 0) throw new CommandError(`Give one URL. "${more[0]}" is one too many; headers need quotes.`);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new CommandError(`Give the URL of the endpoint: npx connect-account check http://localhost:3000/api/connect`);
  }
  const { origin, pathname } = new URL(url);
  return new URL(pathname, origin);
}

function readOrigin(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && new URL(text).origin !== 'null') return new URL(text).origin;
  throw new CommandError(`${name} is "${text}". Give an origin: https://app.example.com`);
}

function readSession(lines: readonly string[] = [], token: string | undefined): Record<string, string> {
  const headers = lines.map((line) => {
    const [, name, value] = /^([\w-]+)\s*:\s*(.+)$/.exec(line) ?? [];
    // The line may hold a session, so it is not repeated.
    if (name === undefined || value === undefined)
      throw new CommandError('A header must look like "Cookie: session=…".');
    return [name.toLowerCase(), value] as const;
  });
  return { ...Object.fromEntries(headers), ...(token !== undefined && { authorization: `Bearer ${token}` }) };
}

function chooseChecks(only: string | undefined): readonly Check[] {
  if (only === undefined) return ALL_CHECKS;
  return only.split(',').map((id) => {
    const found = ALL_CHECKS.find((check) => check.id === id.trim());
    if (found) return found;
    throw new CommandError(`There is no check "${id}". There are: ${ALL_CHECKS.map((check) => check.id).join(', ')}.`);
  });
}

async function requireReachable(endpoint: string): Promise<void> {
  try {
    await (await fetch(`${endpoint}/callback`, { redirect: 'manual' })).body?.cancel();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : error;
    throw new CommandError(`${endpoint} cannot be reached: ${cause}. Is the backend running?`);
  }
}

function describe(result: CheckResult): string {
  const { check, outcome } = result;
  if (outcome === 'passed') return `✓ ${check.title}`;
  if (outcome === 'skipped') return `- ${check.title}\n    skipped: ${result.why}`;
  const mark = outcome === 'advised' ? '!' : '✗';
  return `${mark} ${check.title}  [${check.id}]\n    ${result.why}\n    Fix: ${check.fix}`;
}

function toJson(result: CheckResult): string {
  const { check, outcome } = result;
  const { id, title, fix } = check;
  return JSON.stringify({
    id,
    title,
    outcome,
    ...('why' in result && { why: result.why }),
    ...(outcome !== 'passed' && outcome !== 'skipped' && { fix }),
  });
}
