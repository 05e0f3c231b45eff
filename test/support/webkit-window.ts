import type { BrowserWindow, KeyName } from './browser.js';
import { standingPoint } from './standing-point.js';
import type { WebKitSession } from './webkit-session.js';

/** @see https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<KeyName, string>> = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004' };

/** WebDriver speaks to one window at a time: whoever asks names it, and has it until the answer is there. */
export interface CommandQueue {
  handles(): Promise<readonly string[]>;
  /** Opens an empty one. @param from one that is open: a session whose current window was closed opens none */
  newWindow(from: string): Promise<string>;
  in<Answer>(handle: string, method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer>;
}

/** Makes the commands of all windows of a session wait for each other. */
export function createCommandQueue(session: WebKitSession): CommandQueue {
  let last: Promise<unknown> = Promise.resolve();
  const enqueue = <Answer>(task: () => Promise<Answer>): Promise<Answer> => {
    const next = last.then(task, task);
    last = next.catch(() => undefined);
    return next;
  };
  const inWindow: CommandQueue['in'] = (handle, method, path, body) =>
    enqueue(async () => {
      await session.command('POST', '/window', { handle });
      return session.command(method, path, body);
    });
  return {
    handles: () => enqueue(() => session.command('GET', '/window/handles')),
    newWindow: async (from) => {
      const { handle } = await inWindow<{ handle: string }>(from, 'POST', '/window/new', { type: 'window' });
      return handle;
    },
    in: inWindow,
  };
}

/** A window of WebKitGTK, by WebDriver. */
export function createWebKitWindow(handle: string, commands: CommandQueue): BrowserWindow {
  const send = <Answer>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> =>
    commands.in(handle, method, path, body);
  const read: BrowserWindow['read'] = async (script, ...args) => {
    const answer = await send<string | null>('POST', '/execute/sync', {
      script: `return (async () => JSON.stringify(await (${script})(...arguments)))()`,
      args,
    });
    return answer === null ? undefined : JSON.parse(answer);
  };
  const clickAt: BrowserWindow['clickAt'] = (x, y, times = 1) => send('POST', '/actions', clicks(x, y, times));
  return {
    isClosed: async () => !(await commands.handles()).includes(handle),
    url: () => send('GET', '/url'),
    goto: (url) => send('POST', '/url', { url }),
    reload: () => send('POST', '/refresh'),
    goBack: () => send('POST', '/back'),
    click: async (...path) => {
      const { x, y } = await standingPoint(read, path);
      await clickAt(x, y);
    },
    clickAt,
    type: (text) => send('POST', '/actions', keyStrokes([...text])),
    press: (key) => send('POST', '/actions', keyStrokes([KEYS[key]])),
    focus: () => read(tellOfFocus),
    read,
    close: () => send('DELETE', '/window'),
  };
}

/** Runs in the page. A screen without a window manager moves the focus for nobody, so the page is only told of it. */
function tellOfFocus(): void {
  document.hasFocus = () => true;
  window.dispatchEvent(new Event('focus'));
}

function clicks(x: number, y: number, times: number): object {
  const click = [
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  const actions = [{ type: 'pointerMove', x, y, duration: 0 }, ...Array.from({ length: times }, () => click).flat()];
  return { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] };
}

function keyStrokes(keys: readonly string[]): object {
  const actions = keys.flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return { actions: [{ type: 'key', id: 'keyboard', actions }] };
}
