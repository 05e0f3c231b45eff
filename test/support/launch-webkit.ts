import type { Client } from 'webdriver';
import type { BrowserProfile, BrowserWindow, TestBrowser } from './browser.js';
import { createProfile } from './create-profile.js';
import { ensureVirtualScreen, startVirtualScreen, type VirtualScreen } from './virtual-screen.js';
import { createWebDriverInput } from './webdriver-page.js';
import { ensureWebKitDriver, startWebKitSession } from './webkit-session.js';

/**
 * Sees to it that WebKitGTK, its driver and a screen for it are there; installs those of Debian if we may.
 * @throws Error that says how to install what is missing.
 */
export function ensureWebKit(): void {
  ensureVirtualScreen();
  ensureWebKitDriver();
}

/** Starts WebKitGTK's browsers, one a profile, on a screen of their own; their popup blocker is on unless told otherwise. */
export async function launchWebKit({ blocksPopups = true } = {}): Promise<TestBrowser> {
  const screen = await startVirtualScreen();
  const profiles: BrowserProfile[] = [];
  return {
    newProfile: async () => {
      const profile = await startProfile(screen, blocksPopups);
      profiles.push(profile);
      return profile;
    },
    close: async () => {
      for (const profile of profiles) await profile.close();
      screen.close();
    },
  };
}

async function startProfile({ display }: VirtualScreen, blocksPopups: boolean): Promise<BrowserProfile> {
  const session = await startWebKitSession(display, { blocksPopups });
  const commands = createCommandQueue(session.client);
  // The one that comes with the session. It stays, empty: with the last window the session would end.
  const [first = ''] = await commands.handles();
  return createProfile({
    // From one that is open: a session whose current window was closed opens none.
    openTab: async () => (await commands.in(first, (client) => client.createWindow('window'))).handle,
    listOpen: async () => (await commands.handles()).filter((handle) => handle !== first),
    createWindow: (handle) => createWebKitWindow(handle, commands),
    close: () => session.close(),
  });
}

/** WebDriver speaks to one window at a time: a command names it, and has it until the result is there. */
interface CommandQueue {
  handles(): Promise<readonly string[]>;
  in<Result>(handle: string, command: (client: Client) => Promise<Result>): Promise<Result>;
}

/** Makes the commands of all windows of a session wait for each other. */
function createCommandQueue(client: Client): CommandQueue {
  let last: Promise<unknown> = Promise.resolve();
  const enqueue = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
  return {
    handles: () => enqueue(() => client.getWindowHandles()),
    in: (handle, command) =>
      enqueue(async () => {
        await client.switchToWindow(handle);
        return command(client);
      }),
  };
}

function createWebKitWindow(handle: string, commands: CommandQueue): BrowserWindow {
  const run = <Result>(command: (client: Client) => Promise<Result>): Promise<Result> => commands.in(handle, command);
  const perform = (actions: object[]) => run((client) => client.performActions(actions));
  const input = createWebDriverInput({
    evaluate: (expression) => run((client) => client.executeScript(`return ${expression}`, [])),
    perform,
  });
  return {
    ...input,
    perform,
    // A window has its size with its bars.
    resize: async (width, height) => {
      const around = await input.read(() => [outerWidth - innerWidth, outerHeight - innerHeight] as const);
      await run((client) => client.setWindowRect(null, null, width + around[0], height + around[1]));
    },
    isClosed: async () => !(await commands.handles()).includes(handle),
    url: () => run((client) => client.getUrl()),
    goto: (url) => run((client) => client.navigateTo(url)),
    reload: () => run((client) => client.refresh()),
    goBack: () => run((client) => client.back()),
    focus: () => input.read(tellOfFocus),
    close: async () => void (await run((client) => client.closeWindow())),
  };
}

/** Runs in the page. A screen without a window manager moves the focus for nobody, so the page is only told of it. */
function tellOfFocus(): void {
  document.hasFocus = () => true;
  window.dispatchEvent(new Event('focus'));
}
