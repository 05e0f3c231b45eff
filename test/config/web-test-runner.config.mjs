/**
 * Configures the command line of web-test-runner:
 *
 *     npx web-test-runner --config test/config/web-test-runner.config.mjs --group elements --watch
 *     npx web-test-runner --config test/config/web-test-runner.config.mjs --group controllers --manual --open
 *     npx web-test-runner --config test/config/web-test-runner.config.mjs --group default \
 *       --files .build/test/elements/connect-account-slots.test.js
 *
 * The groups are the suites that run in pages: browser, controllers and elements. The tests run from `.build/`, which is
 * compiled once here. With `--watch`, run `npm run compile -- --watch` in another terminal.
 */
import { spawnSync } from 'node:child_process';

const { status } = spawnSync(process.execPath, ['test/config/compile.mjs'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);

const { browserTestConfig, browserTestGroups } = await import('../../.build/test/config/browser-test-config.js');

export default { ...browserTestConfig(), groups: browserTestGroups() };
