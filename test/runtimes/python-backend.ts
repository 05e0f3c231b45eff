import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const isNewEnough = 'import sys; sys.exit(sys.version_info < (3, 10))';

/** The program that runs the example in Python, if this machine has one that is new enough. */
export const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', isNewEnough]).status === 0);

export const PYTHON_BACKEND = 'demo/backends/python/server.py';

/** Returns what the example in Python reads from its environment besides what all examples read. */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const notes = join(mkdtempSync(join(tmpdir(), 'connect-account-')), 'notes.sqlite');
  return { CALLBACK_SCRIPT: resolve('dist', 'callback.js'), NOTES: notes };
}
