/**
 * Runs the apps of all frameworks, or of those that the arguments name, after compilation and build:
 *
 *     npm run test:frameworks
 *     npm run test:frameworks -- vue next
 *     npm run test:frameworks -- --pictures vue
 *
 * `--pictures` writes what each app looks like to `.build/frameworks/pictures/`.
 * It writes the results to `demo/docs/frameworks.md`. The last line is `N passed, N failed`, and the exit code is 1 when a
 * test failed or none ran.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runFailingAgain, runsAgain } from '../config/run-failing-again.js';
import { runNodeTests, type TestResult } from '../config/run-node-tests.js';
import { ensureChromium } from '../support/chromium.js';
import { FRAMEWORKS } from './frameworks.js';
import { frameworksPage } from './frameworks-page.js';

const FOLDER = 'demo/docs';

async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => arg !== '--pictures');
  if (names.length < args.length) process.env['PICTURES'] = '1';
  const unknown = names.filter((name) => !FRAMEWORKS.some((framework) => framework.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No framework is named ${unknown.join(', ')}: use ${FRAMEWORKS.map(({ name }) => name).join(', ')}.`,
    );
  }
  ensureChromium();
  if (names.length > 0) process.env['FRAMEWORKS'] = names.join(',');
  const file = fileURLToPath(new URL('frameworks.test.js', import.meta.url));
  const options = { concurrency: 1, maxFileMs: 60 * 60_000 };
  const first = await runNodeTests([file], options);
  const rerunApps = {
    partOf: ({ name }: TestResult) => FRAMEWORKS.find(({ title }) => name.startsWith(`${title} `))?.name ?? name,
    run: (apps: readonly string[]) => {
      process.env['FRAMEWORKS'] = apps.join(',');
      return runNodeTests([file], options);
    },
  };
  const { passed, failed } = runsAgain() ? await runFailingAgain(first, rerunApps) : first;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/frameworks.md`, frameworksPage());
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
