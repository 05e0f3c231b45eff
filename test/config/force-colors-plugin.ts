import type { TestRunnerPlugin } from '@web/test-runner';
import type { ChromeLauncher } from '@web/test-runner-chrome';

/**
 * Handles `forceColors` of test/support: the page is drawn as in the contrast themes of Windows. The runner's own
 * `emulateMedia` ignores `forcedColors` when puppeteer drives the browser.
 */
export function forceColorsPlugin(): TestRunnerPlugin {
  return {
    name: 'force-colors',
    async executeCommand({ command, payload, session }) {
      if (command !== 'force-colors') return undefined;
      const page = (session.browser as ChromeLauncher).getPage(session.id);
      const devTools = await page.createCDPSession();
      await devTools.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'forced-colors', value: payload === true ? 'active' : 'none' }],
      });
      return true;
    },
  };
}
