/**
 * Runs the apps of all frameworks, or of those that the arguments name, after compilation and build:
 *
 *     npm run test:frameworks
 *     npm run test:frameworks -- vue next
 *
 * The last line is `N passed, N failed`. The exit code is 1 when a test failed or none ran.
 */
import { fileURLToPath } from 'node:url';
import { runNodeTests } from '../config/run-node-tests.js';
import { ensureChromium } from '../support/chromium.js';
import { FRAMEWORKS } from './frameworks.js';

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !FRAMEWORKS.some((framework) => framework.name === name));
  if (unknown.length > 0) {
    throw new Error(`No framework is named ${unknown.join(', ')}: use ${FRAMEWORKS.map(({ name }) => name).join(', ')}.`);
  }
  ensureChromium();
  if (names.length > 0) process.env['FRAMEWORKS'] = names.join(',');
  const file = fileURLToPath(new URL('frameworks.test.js', import.meta.url));
  const { passed, failed } = await runNodeTests([file], { concurrency: 1, maxFileMs: 60 * 60_000 });
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
