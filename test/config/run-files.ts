/**
 * Runs compiled test files in the Node that runs this. The last line is `N passed, N failed`. The exit code is 1 when a test
 * failed or none ran.
 */
import { rerunFiles, runFailingAgain, runsAgain } from './run-failing-again.js';
import { runNodeTests } from './run-node-tests.js';

const first = await runNodeTests(process.argv.slice(2), { concurrency: 2 });
const { passed, failed } = runsAgain() ? await runFailingAgain(first, rerunFiles()) : first;
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
