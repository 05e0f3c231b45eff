import type { remote, default as WebDriver } from 'webdriver';
import type { BrowserWindow, KeyName } from './browser.js';
import { stablePoint } from './stable-point.js';

/** @see https://www.w3.org/TR/webdriver2/#keyboard-actions */
export const KEYS: Readonly<Record<KeyName | 'Shift', string>> = {
  Shift: '\uE008',
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  Space: ' ',
  ArrowDown: '\uE015',
  ArrowUp: '\uE013',
  Home: '\uE011',
  End: '\uE010',
};

/** Loads the client, which the tests in Chromium can do without. It logs every command unless told otherwise. */
export async function loadWebDriver(): Promise<typeof WebDriver> {
  process.env['WDIO_LOG_LEVEL'] ??= 'silent';
  const { default: client } = await import('webdriver');
  return client;
}

/** What WebDriver and WebDriver BiDi do alike in a page, once each has found it. */
export interface WebDriverPage {
  /** Evaluates an expression without a user gesture, and waits for its promise. */
  evaluate(expression: string): Promise<unknown>;
  perform(actions: remote.InputSourceActions[]): Promise<unknown>;
}

/** Makes the parts of a window that read a page and give it input, which the engine trusts. */
export function createWebDriverInput({
  evaluate,
  perform,
}: WebDriverPage): Pick<BrowserWindow, 'read' | 'click' | 'clickAt' | 'type' | 'press'> {
  const read: BrowserWindow['read'] = async (script, ...args) => {
    // As text: BiDi writes objects and lists in a form of its own, and `undefined` is no JSON.
    const call = `(async () => JSON.stringify(await (${script})(...${JSON.stringify(args)})))()`;
    const text = await evaluate(call);
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  };
  const clickAt: BrowserWindow['clickAt'] = async (x, y, times = 1) => void (await perform(clicks(x, y, times)));
  return {
    read,
    click: async (...path) => {
      const { x, y } = await stablePoint(read, path);
      await clickAt(x, y);
    },
    clickAt,
    type: async (text) => void (await perform(keyStrokes([...text]))),
    press: async (key) => void (await perform(keyStrokes([KEYS[key]]))),
  };
}

function clicks(x: number, y: number, times: number): remote.InputSourceActions[] {
  const click: remote.InputPointerSourceAction[] = [
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  const actions: remote.InputPointerSourceAction[] = [
    { type: 'pointerMove', x, y, duration: 0 },
    ...Array.from({ length: times }, () => click).flat(),
  ];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** Returns the keys that are pressed and released one after the other. */
export function keyStrokes(keys: readonly string[]): remote.InputSourceActions[] {
  const actions = keys.flatMap((value): remote.InputKeySourceAction[] => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return [{ type: 'key', id: 'keyboard', actions }];
}
