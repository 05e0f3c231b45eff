import type { BrowserProfile, BrowserWindow } from './browser.js';

/** What a driver knows of the windows of one profile, each of which it names by a handle. */
export interface ProfileDriver<Handle> {
  /** Opens an empty tab. */
  openTab(): Promise<Handle>;
  /** The tabs and windows that are open, in any order. */
  listOpen(): Promise<readonly Handle[]>;
  createWindow(handle: Handle): BrowserWindow;
  close(): Promise<void>;
}

/** Makes the profile that a driver drives. It adopts the windows that pages open, and keeps one object for each. */
export function createProfile<Handle>(driver: ProfileDriver<Handle>): BrowserProfile {
  const known = new Map<Handle, BrowserWindow>();
  const adopt = (handle: Handle): BrowserWindow => {
    const window = known.get(handle) ?? driver.createWindow(handle);
    known.set(handle, window);
    return window;
  };
  return {
    open: async (url) => {
      const window = adopt(await driver.openTab());
      await window.goto(url);
      return window;
    },
    windows: async () => {
      const open = await driver.listOpen();
      for (const handle of open) adopt(handle);
      return [...known].filter(([handle]) => open.includes(handle)).map(([, window]) => window);
    },
    close: () => driver.close(),
  };
}
