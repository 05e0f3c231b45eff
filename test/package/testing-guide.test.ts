import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { ensureChromium } from '../support/chromium.js';
import { createPackedApp, type PackedApp } from '../support/packed-app.js';

const guide = readFileSync('demo/docs/testing.md', 'utf8');

/** Every example that begins with the name of its file. */
const files = new Map(
  [...guide.matchAll(/^```js\n(\/\/ (\S+)\n[\s\S]*?)^```$/gm)].map(([, code = '', path = '']) => [path, code]),
);

/** Starts Chromium as the machine needs it. Everything else is in the guide. */
const RUNNER = `
import { chromeLauncher } from '@web/test-runner-chrome';
import config from './web-test-runner.config.mjs';

const { CHROME_PATH: executablePath } = process.env;
export default { ...config, browsers: [chromeLauncher({ launchOptions: { executablePath, args: ['--no-sandbox'] } })] };
`;

describe('the guide to testing', () => {
  let app: PackedApp;
  before(() => {
    app = createPackedApp();
    app.install('vitest', 'jsdom', 'happy-dom', '@web/test-runner', '@web/test-runner-chrome', '@open-wc/testing');
    app.write('package.json', '{"type":"module"}');
    for (const [path, code] of files) app.write(path, code);
    app.write('with-chromium.config.mjs', RUNNER);
  });
  after(() => app?.close());

  const run = async (program: string, args: readonly string[], env: Record<string, string> = {}) => {
    const child = app.start(process.execPath, [`node_modules/${program}`, ...args], { CI: '1', NO_COLOR: '1', ...env });
    const code = await child.ended;
    return { code, output: child.output };
  };

  for (const environment of ['jsdom', 'happy-dom']) {
    it(`its tests for Vitest pass in ${environment}`, async () => {
      const { code, output } = await run('vitest/vitest.mjs', ['run', '--environment', environment]);
      assert.equal(code, 0, output);
      assert.match(output, /Tests\s+7 passed \(7\)/);
    });
  }

  it('its tests for Web Test Runner pass in a browser', async () => {
    const CHROME_PATH = ensureChromium();
    const args = ['--config', 'with-chromium.config.mjs'];
    const { code, output } = await run('@web/test-runner/dist/bin.js', args, { CHROME_PATH });
    assert.equal(code, 0, output);
    assert.match(output, /1 passed, 0 failed/);
  });

  it('the table names every export of connect-account/testing.js', async () => {
    const names = Object.keys(await import('../../src/testing.js'));
    const missing = names.filter((name) => !guide.includes(name) && name !== 'EventRecorder');
    assert.deepEqual(missing, []);
  });
});
