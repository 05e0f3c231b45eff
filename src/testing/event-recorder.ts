import type { ConnectAccountEventMap } from '../events/account-events.js';
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
