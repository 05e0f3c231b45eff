import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BrowserTestOptions } from './browser-test-config.js';
import { type ChosenSuite, compiledFiles } from './choose-tests.js';
import { watchBrowserTests } from './run-browser-tests.js';
import { runNodeTests } from './run-node-tests.js';

/**
 * Compiles and reruns tests at each change until the user quits.
 * @throws Error when some run in Node and others in pages. Only one runner can have the terminal.
 */
export async function watchTests(suites: readonly ChosenSuite[], options: BrowserTestOptions): Promise<void> {
  const places = [...new Set(suites.map(({ place }) => place))];
  const files = suites.flatMap(compiledFiles);
  if (places.join() === 'node') {
    const again = rerunner(async () => void (await runNodeTests(files, { concurrency: 2, title: options.title })));
    watchSources(again);
  } else if (places.join() === 'page') {
    // web-test-runner watches the compiled files itself.
    watchSources();
    await watchBrowserTests(files, options);
  } else {
    throw new Error('Watch either suites that run in Node (core, server …), or browser, controllers and elements.');
  }
}

/** Compiles at each change. Type errors are printed and do not stop the tests. */
function watchSources(onCompiled?: () => void): void {
  const args = [
    'node_modules/typescript/bin/tsc',
    '-p',
    'test/config/tsconfig.json',
    '--watch',
    '--preserveWatchOutput',
  ];
  // `tsc` starts another process, which would outlive it. A process group ends as a whole.
  const compiler = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  process.on('exit', () => process.kill(-Number(compiler.pid)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  createInterface(compiler.stdout).on('line', (line) => {
    if (/error TS\d+/.test(line)) console.error(line);
    if (/Watching for file changes/.test(line)) onCompiled?.();
  });
}

/** Returns a function that runs the task, and runs it again if called meanwhile. */
function rerunner(task: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const start = async () => {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      console.clear();
      await task();
      console.log('\nWaiting for changes. Ctrl+C ends this.');
    }
    isRunning = false;
  };
  return () => void start();
}
