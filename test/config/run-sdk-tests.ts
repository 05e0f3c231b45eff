/**
 * Runs the tests that meet Composio's SDK with the oldest and the newest version that users may have, each on the Node that it
 * asks for: `npm run test:sdks`. The versions are those of `test/sdks/`; they are installed on demand.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from '../support/chromium.js';
import { installFolder } from '../support/install-folder.js';
import { chooseTests, compiledFiles } from './choose-tests.js';
import { shareProcesses } from './share-process.js';

const VERSIONS = ['oldest', 'newest'];
/** Node tests by suite, and one connection in a real Chromium. */
const TESTS = ['server', 'emulator', 'e2e/connect-by-popup'];
const COMPILED = ['src', 'demo', 'test'];

/** Copies the compiled files beside the packages of a version, so that their imports find that version first. */
function placeBeside(folder: string): void {
  for (const name of COMPILED) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join('.build', name), join(folder, name), { recursive: true });
  }
}

function filesBeside(folder: string, version: string): string[] {
  return chooseTests(TESTS).flatMap((suite) => {
    const files = compiledFiles(suite).map((file) => join(folder, file.replace(/^\.build./, '')));
    return suite.processes === undefined ? files : shareProcesses(files, `${version}-${suite.name}`, suite.processes);
  });
}

function runWith(version: string): boolean {
  const folder = installFolder(join('sdks', version));
  placeBeside(folder);
  const node = join(folder, 'node_modules', '.bin', 'node');
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  console.log(`\n# @composio/core ${dependencies['@composio/core']} on Node ${dependencies.node}`);
  const script = join(folder, 'test', 'config', 'run-files.js');
  return spawnSync(node, [script, ...filesBeside(folder, version)], { stdio: 'inherit' }).status === 0;
}

ensureChromium();
const results = VERSIONS.map(runWith);
process.exitCode = results.every(Boolean) ? 0 : 1;
