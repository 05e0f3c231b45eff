import type { BrowserLauncher } from '@web/test-runner';
import type { remote } from 'webdriver';
import type { BrowserProfile, BrowserWindow, TestBrowser } from '../support/browser.js';
import { launchFirefox } from '../support/launch-firefox.js';
import { launchWebKit } from '../support/launch-webkit.js';
import { KEYS, keyStrokes } from '../support/webdriver-page.js';

const ENGINES = {
  firefox: { name: 'Firefox', launch: launchFirefox },
  webkit: { name: 'WebKitGTK', launch: launchWebKit },
};

interface Page {
  readonly url: string;
  readonly profile: BrowserProfile;
  readonly window: BrowserWindow;
  readonly commands: CommandPage;
}

/**
 * Runs the pages of web-test-runner in an engine for which it has no launcher, each in a profile of its own. One at a time,
 * because only the tab in front is visible and drawn, and has timers that are on time.
 */
export function engineLauncher(engine: keyof typeof ENGINES): BrowserLauncher & { getPage(sessionId: string): object } {
  const { name, launch } = ENGINES[engine];
  const pages = new Map<string, Page>();
  let browser: TestBrowser | undefined;
  const startSession = async (id: string, url: string): Promise<void> => {
    // As in Chromium, where puppeteer switches the blocker off: a test of a page cannot click as a user does.
    browser ??= await launch({ blocksPopups: false });
    const profile = await browser.newProfile();
    const window = await profile.open('about:blank');
    pages.set(id, { url, profile, window, commands: commandPage(window) });
    await window.goto(url);
  };
  return {
    name,
    // `commandPage` is what the commands find behind this type.
    type: 'playwright',
    concurrency: 1,
    startSession,
    startDebugSession: startSession,
    getPage: (id) => {
      const page = pages.get(id);
      if (!page) throw new Error(`There is no page ${id}.`);
      return page.commands;
    },
    isActive: (id) => pages.has(id),
    getBrowserUrl: (id) => pages.get(id)?.url,
    stopSession: async (id) => {
      const page = pages.get(id);
      pages.delete(id);
      await page?.profile.close();
      return {};
    },
    stop: async () => browser?.close(),
  };
}

/**
 * Returns a window with the methods of a page of Playwright that the commands of `@web/test-runner-commands` call: they know the
 * launchers of web-test-runner only.
 */
function commandPage({ perform = refuse, resize = refuse }: BrowserWindow) {
  const key = (name: string): string => KEYS[name as keyof typeof KEYS] ?? name;
  const pointer = (...actions: remote.InputPointerSourceAction[]) =>
    perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]);
  const move = (x: number, y: number) => ({ type: 'pointerMove', x, y, duration: 0 }) as const;
  const turn = (type: 'keyDown' | 'keyUp', name: string) =>
    perform([{ type: 'key', id: 'keyboard', actions: [{ type, value: key(name) }] }]);
  return {
    setViewportSize: ({ width, height }: { readonly width: number; readonly height: number }) => resize(width, height),
    keyboard: {
      type: (text: string) => perform(keyStrokes([...text])),
      press: (name: string) => perform(keyStrokes([key(name)])),
      down: (name: string) => turn('keyDown', name),
      up: (name: string) => turn('keyUp', name),
    },
    mouse: {
      move: (x: number, y: number) => pointer(move(x, y)),
      click: (x: number, y: number) =>
        pointer(move(x, y), { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }),
    },
  };
}

type CommandPage = ReturnType<typeof commandPage>;

function refuse(): never {
  throw new Error('This window takes no commands.');
}
