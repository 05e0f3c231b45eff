import type { ConnectPhase } from '../core/flow/connect-state.js';
import type { ConnectAccountEventMap } from '../events/action-events.js';
import { ALL_EVENT_NAMES } from '../events/event-names.js';
import type { ConnectedAccountsListEventMap } from '../events/list-events.js';

type EventMap = ConnectAccountEventMap & ConnectedAccountsListEventMap;

/** An event of the elements, by its name. */
export type RecordedEvent<Type extends keyof EventMap = keyof EventMap> = EventMap[Type];

const DEFAULT_TIMEOUT_MS = 5000;

/** The events of the elements that reached one target, in order. */
export class EventRecorder {
  /** The events so far. The list grows as they are dispatched. */
  readonly events: RecordedEvent[] = [];
  readonly #target: EventTarget;
  readonly #waiting = new Set<() => void>();
  readonly #record = (event: Event): void => {
    this.events.push(event as RecordedEvent);
    for (const look of [...this.#waiting]) look();
  };

  constructor(target: EventTarget) {
    this.#target = target;
    for (const type of ALL_EVENT_NAMES) target.addEventListener(type, this.#record);
  }

  /** The names of the events so far, in order. */
  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** Returns the events with this name so far. */
  all<Type extends keyof EventMap>(type: Type): Array<RecordedEvent<Type>> {
    return this.events.filter((event): event is RecordedEvent<Type> => event.type === type);
  }

  /**
   * Resolves to the first event with this name, past or future.
   * @param timeout in ms; default 5000
   * @throws Error after that time, with the names of the events that came instead
   */
  waitFor<Type extends keyof EventMap>(type: Type, timeout = DEFAULT_TIMEOUT_MS): Promise<RecordedEvent<Type>> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const [found] = this.all(type);
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        const instead = this.types.join(', ') || 'no event';
        reject(new Error(`No ${type} within ${timeout} ms. There was: ${instead}.`));
      }, timeout);
      const end = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Forgets the events so far. */
  clear(): void {
    this.events.length = 0;
  }

  /** Stops recording. */
  stop(): void {
    for (const type of ALL_EVENT_NAMES) this.#target.removeEventListener(type, this.#record);
  }
}

/** Records the events of the elements that reach `target`: an element, or the document for all of them. */
export function recordEvents(target: EventTarget): EventRecorder {
  return new EventRecorder(target);
}

/** An element with a shadow root: `<connect-account>` or `<connected-accounts-list>`. */
type Host = Element & { readonly updateComplete?: Promise<unknown> };

/** `<connect-account>`, by the property that is read here. */
type HostWithState = Host & { readonly state?: { readonly phase: ConnectPhase } };

const INTERVAL_MS = 10;

/** Returns the first box with this part (`trigger`, `menu-item`, …), or null if it is not drawn. */
export function findPart(element: Element, part: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`) ?? null;
}

/**
 * Clicks a part.
 * @throws Error if the part is not drawn, with the parts that are
 */
export function clickPart(element: Element, part: string): void {
  const box = findPart(element, part);
  if (box) {
    box.click();
    return;
  }
  const drawn = [...(element.shadowRoot?.querySelectorAll('[part]') ?? [])].map((one) => one.getAttribute('part'));
  throw new Error(`<${element.localName}> has no part "${part}" now. It has: ${[...new Set(drawn)].join(', ')}.`);
}

/** Returns the text of a part with single spaces, or `''` if it is not drawn. */
export function textOfPart(element: Element, part: string): string {
  return (findPart(element, part)?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Waits until `<connect-account>` is in this phase and has drawn it.
 * @param timeout in ms; default 5000
 * @throws Error after that time, with the phase that it is in
 */
export async function waitForPhase(
  element: HostWithState,
  phase: ConnectPhase,
  timeout = DEFAULT_TIMEOUT_MS,
): Promise<void> {
  const end = performance.now() + timeout;
  while (element.state?.phase !== phase) {
    if (performance.now() > end) {
      const actual = element.state ? `It is in "${element.state.phase}".` : 'It is not defined: import define.js.';
      throw new Error(`<${element.localName}> was not in phase "${phase}" within ${timeout} ms. ${actual}`);
    }
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
  await element.updateComplete;
}
