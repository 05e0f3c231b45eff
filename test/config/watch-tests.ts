import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BrowserTestOptions } from './browser-test-config.js';
import { type ChosenSuite, compiledFiles } from './choose-tests.js';
import { watchBrowserTests } from './run-browser-tests.js';
import { runNodeTests } from './run-node-tests.js';

/**
 * Compiles and runs tests again at each change, until the user quits.
 * @throws Error when not all of them run in Node, or all in pages: only one can have the terminal.
 */
export async function watchTests(suites: readonly ChosenSuite[], options: BrowserTestOptions): Promise<void> {
  const places = [...new Set(suites.map(({ place }) => place))];
  const files = suites.flatMap(compiledFiles);
  if (places.join() === 'node') {
    const again = rerunner(async () => void (await runNodeTests(files, { concurrency: 2, title: options.title })));
    watchSources(again);
  } else if (places.join() === 'page') {
    // web-test-runner sees by itself that a file was compiled.
    watchSources();
    await watchBrowserTests(files, options);
  } else {
    throw new Error('Watch either suites that run in Node (core, server …), or browser, controllers and elements.');
  }
}

/** Has tsc compile at each change. It prints what does not compile, and the tests run all the same. */
function watchSources(onCompiled?: () => void): void {
  const args = [
    'node_modules/typescript/bin/tsc',
    '-p',
    'test/config/tsconfig.json',
    '--watch',
    '--preserveWatchOutput',
  ];
  // `tsc` starts another program, which would outlive it: as a group they end together.
  const compiler = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  process.on('exit', () => process.kill(-Number(compiler.pid)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));
  createInterface(compiler.stdout).on('line', (line) => {
    if (/error TS\d+/.test(line)) console.error(line);
    if (/Watching for file changes/.test(line)) onCompiled?.();
  });
}

/** Runs a task when it is told to, and once more when it was told to meanwhile. */
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
