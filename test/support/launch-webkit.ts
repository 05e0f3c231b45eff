import type { BrowserProfile, BrowserWindow, TestBrowser } from './browser.js';
import { ensureVirtualScreen, startVirtualScreen, type VirtualScreen } from './virtual-screen.js';
import { ensureWebKitDriver, startWebKitSession } from './webkit-session.js';
import { createCommandQueue, createWebKitWindow } from './webkit-window.js';

/**
 * Sees to it that WebKitGTK, its driver and a screen for it are there; installs those of Debian if we may.
 * @throws Error that says how to install what is missing.
 */
export function ensureWebKit(): void {
  ensureVirtualScreen();
  ensureWebKitDriver();
}

/** Starts WebKitGTK's browsers, one a profile, on a screen of their own; their popup blocker is on. */
export async function launchWebKit(): Promise<TestBrowser> {
  const screen = await startVirtualScreen();
  const profiles: BrowserProfile[] = [];
  return {
    newProfile: async () => {
      const profile = await startProfile(screen);
      profiles.push(profile);
      return profile;
    },
    close: async () => {
      for (const profile of profiles) await profile.close();
      screen.close();
    },
  };
}

async function startProfile({ display }: VirtualScreen): Promise<BrowserProfile> {
  const session = await startWebKitSession(display);
  const commands = createCommandQueue(session);
  const known = new Map<string, BrowserWindow>();
  // The one that comes with the session. It stays, empty: with the last window the session would end.
  const [first = ''] = await commands.handles();

  const adopt = (handle: string): BrowserWindow => {
    const window = known.get(handle) ?? createWebKitWindow(handle, commands);
    known.set(handle, window);
    return window;
  };
  return {
    open: async (url) => {
      const window = adopt(await commands.newWindow(first));
      await window.goto(url);
      return window;
    },
    windows: async () => {
      const open = (await commands.handles()).filter((handle) => handle !== first);
      for (const handle of open) adopt(handle);
      // The driver lists them in no order.
      return [...known].filter(([handle]) => open.includes(handle)).map(([, window]) => window);
    },
    close: () => session.close(),
  };
}
