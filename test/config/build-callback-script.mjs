// Bundles the callback page's script into the module that the handler serves. `--check` only says whether it is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'vite';

const TARGET = 'src/server/callback/callback-page-script.ts';

const { output } = await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    write: false,
    target: 'es2022',
    lib: { entry: 'src/callback-page.ts', formats: ['iife'], name: 'callbackPage' },
  },
}).then((results) => (Array.isArray(results) ? results[0] : results));

const script = output[0].code.trim();

const source = `/** The script of the callback page. Written by test/config/build-callback-script.mjs from src/callback-page.ts. */
export const CALLBACK_PAGE_SCRIPT =
  ${JSON.stringify(script)};
`;

if (readFileSync(TARGET, 'utf8') !== source) {
  if (process.argv.includes('--check')) {
    console.error(`${TARGET} is stale: run node test/config/build-callback-script.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(TARGET, source);
  }
}
