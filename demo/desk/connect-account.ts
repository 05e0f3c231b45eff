import { readFileSync } from 'node:fs';
import { CHECK_HELP, runCheck } from './check-command.js';
import { CommandError } from './command-error.js';
import { DEV_HELP, runDev } from './dev-command.js';

const COMMANDS: Readonly<Record<string, { help: string; run(args: readonly string[]): Promise<number> }>> = {
  dev: { help: DEV_HELP, run: runDev },
  check: { help: CHECK_HELP, run: runCheck },
};

/** Runs `npx connect-account …`. Returns the exit code. */
async function main([name = '--help', ...args]: readonly string[]): Promise<number> {
  if (name === '--version') {
    const packageJson = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    console.log((JSON.parse(packageJson) as { version: string }).version);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const isHelp = name === '--help' || name === '-h' || name === 'help';
    if (!isHelp) console.error(`There is no command "${name}".\n`);
    console.log(
      Object.values(COMMANDS)
        .map(({ help }) => help)
        .join('\n'),
    );
    return isHelp ? 0 : 1;
  }
  if (args[0] === '--help' || args[0] === '-h') {
    console.log(command.help);
    return 0;
  }
  return command.run(args);
}

/** Returns true for what `parseArgs` throws about unknown options. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof CommandError || isArgumentError(error) ? error.message : error);
    process.exitCode = 1;
  },
);
