import type { BrowserWindow, KeyName } from './browser.js';
import { waitUntil } from './wait-until.js';

/** The focused control of a page, across shadow roots. */
export interface FocusedControl {
  /** Its own parts and, of an action, its name: `trigger`, `action reconnect`. */
  readonly what: string;
  /** Its text or label. */
  readonly text: string;
  /** The account of its row, in a list. */
  readonly row: string | undefined;
  readonly isInDialog: boolean;
  /** Whether it shows that it is focused. Undefined in a window that is not in front, where no control shows it. */
  readonly isOutlined: boolean | undefined;
}

/** A person without a pointer. */
export interface KeyboardUser {
  focused(): Promise<FocusedControl>;
  press(...keys: readonly KeyName[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses a key, Tab unless said otherwise, until a control has the focus. */
  goTo(control: string | ((focused: FocusedControl) => boolean), key?: KeyName): Promise<FocusedControl>;
  /** Waits until the focus is on a control. */
  isOn(control: string | ((focused: FocusedControl) => boolean)): Promise<FocusedControl>;
}

const MAX_STOPS = 40;

/** Makes the user of a page. */
export function keyboardUser(window: BrowserWindow): KeyboardUser {
  const focused = () => window.read(readFocused);
  const fits = (control: Parameters<KeyboardUser['isOn']>[0], now: FocusedControl): boolean =>
    typeof control === 'string' ? now.what.split(' ').includes(control) || now.text === control : control(now);
  const isOn: KeyboardUser['isOn'] = (control) => {
    let last: FocusedControl | undefined;
    return waitUntil(async () => {
      last = await focused();
      return fits(control, last) && last;
    }, `the focus on ${control}`).catch((error: Error) => {
      throw new Error(`${error.message} It is on ${JSON.stringify(last)}.`);
    });
  };
  return {
    focused,
    press: async (...keys) => {
      for (const key of keys) await window.press(key);
    },
    type: (text) => window.type(text),
    goTo: async (control, key = 'Tab') => {
      const passed: string[] = [];
      for (let stop = 0; stop < MAX_STOPS; stop += 1) {
        const now = await focused();
        if (fits(control, now)) return now;
        passed.push(now.what || now.text);
        // From the last control of the page, Tab goes to the browser's own. In Firefox a driver's keys do not come back.
        if (key === 'Tab' && now.what === 'after') await window.read(focusFirst);
        else await window.press(key);
      }
      throw new Error(`${key} does not reach ${control}: ${passed.join(', ')}.`);
    },
    isOn,
  };
}

/** Runs in the page. */
function focusFirst(): void {
  document.getElementById('before')?.focus();
}

/** Runs in the page. */
function readFocused(): FocusedControl {
  let control = document.activeElement;
  while (control?.shadowRoot?.activeElement) control = control.shadowRoot.activeElement;
  const names = ['part', 'data-action', 'id'].map((name) => control?.getAttribute(name) ?? '');
  const { outlineStyle = 'none', outlineWidth = '0' } = control ? getComputedStyle(control) : {};
  return {
    what: names.filter(Boolean).join(' '),
    text: (control === document.body ? '' : control?.textContent?.replaceAll(/\s+/g, ' ').trim()) ?? '',
    row: control?.closest<HTMLElement>('[data-account]')?.dataset['account'],
    isInDialog: control?.closest('[role="dialog"], [role="alertdialog"]') != null,
    isOutlined: control?.matches(':focus')
      ? outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
      : undefined,
  };
}
