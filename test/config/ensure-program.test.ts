import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { ensureProgram, type Program } from '../support/ensure-program.js';

const BROWSER: Program = {
  title: 'Netscape',
  names: ['netscape'],
  variable: 'NETSCAPE_PATH',
  debianPackage: 'netscape-navigator',
};

describe('ensureProgram', () => {
  const { PATH: realPath } = process.env;
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ensure-program-'));
    process.env['PATH'] = folder;
  });
  afterEach(() => {
    process.env['PATH'] = realPath;
    delete process.env['NETSCAPE_PATH'];
    rmSync(folder, { recursive: true });
  });

  function command(name: string, script: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  /** Debian, on which a package of this name brings the browser. */
  function debian(debianPackage: string): void {
    command('apt-get', `case "$*" in *"install "*" ${debianPackage}") : > "${folder}/netscape";; esac`);
    command('sudo', 'shift; exec "$@"');
  }

  it('takes a program from its variable, then from PATH, and prints nothing', (test) => {
    const log = test.mock.method(console, 'log', () => {});
    command('netscape', '');
    assert.equal(ensureProgram(BROWSER), join(folder, 'netscape'));
    process.env['NETSCAPE_PATH'] = '/opt/netscape';
    assert.equal(ensureProgram(BROWSER), '/opt/netscape');
    assert.equal(log.mock.callCount(), 0);
  });

  it('installs a missing program with apt-get and says so in one line', (test) => {
    const log = test.mock.method(console, 'log', () => {});
    debian('netscape-navigator');
    assert.equal(ensureProgram(BROWSER), join(folder, 'netscape'));
    const lines = log.mock.calls.map((call) => String(call.arguments[0]));
    assert.equal(lines.length, 1);
    assert.match(
      lines[0] ?? '',
      /^Netscape was not found\. Installing it with `(sudo )?apt-get install netscape-navigator`/,
    );
  });

  it('says how to install the program where it may not', (test) => {
    const log = test.mock.method(console, 'log', () => {});
    assert.throws(() => ensureProgram(BROWSER), /`sudo apt-get install netscape-navigator`\), or set NETSCAPE_PATH/);
    assert.equal(log.mock.callCount(), 0);
  });

  it('says how to install the program when the installation fails', (test) => {
    test.mock.method(console, 'log', () => {});
    debian('another-package');
    assert.throws(() => ensureProgram(BROWSER), /^Error: Netscape was not found\. Install it/);
  });
});
