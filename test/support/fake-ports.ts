import { createVerifier } from '../../src/core/model/binding-verifier.js';
import type { CallbackBriefing } from '../../src/core/model/callback-protocol.js';
import type {
  AttemptRecord,
  AttemptStorage,
  AuthorizationWindow,
  ConnectPorts,
  PageSignal,
  PageSignals,
} from '../../src/core/model/ports.js';
import { FakeClock } from './fake-clock.js';

/** A window that records what happens to it. */
export class FakeWindow implements AuthorizationWindow {
  readonly name: string;
  readonly urls: string[] = [];
  /** What was left in its storage for the callback page. */
  briefing: CallbackBriefing | undefined;
  /** Whether it reads as closed, as it does after a COOP header. */
  closed = false;
  /** Number of times this page tried to close it. */
  closeCalls = 0;
  focusCalls = 0;

  constructor(name: string) {
    this.name = name;
  }

  navigate(url: string, briefing?: CallbackBriefing): void {
    this.briefing = briefing;
    this.urls.push(url);
  }

  focus(): void {
    this.focusCalls += 1;
  }

  close(): void {
    this.closeCalls += 1;
    this.closed = true;
  }
}

/** A page whose focus and visibility are set by the test. */
export class FakePage implements PageSignals {
  visible = true;
  focused = true;
  offline = false;
  readonly #callbacks = new Set<(signal: PageSignal) => void>();

  get listeners(): number {
    return this.#callbacks.size;
  }

  subscribe(callback: (signal: PageSignal) => void): () => void {
    this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }

  signal(signal: PageSignal): void {
    for (const callback of [...this.#callbacks]) callback(signal);
  }

  /** Hides or shows the page. */
  show(visible: boolean): void {
    this.visible = visible;
    this.focused = visible;
    this.signal(visible ? 'active' : 'inactive');
  }

  /** Blurs or focuses the page. */
  focus(focused: boolean): void {
    this.focused = focused;
    this.signal(focused ? 'active' : 'inactive');
  }
}

/** A storage that outlives the page. */
export class FakeStorage implements AttemptStorage {
  readonly records = new Map<string, AttemptRecord>();
  readonly verifiers = new Map<string, string>();
  readonly briefings = new Map<string, CallbackBriefing>();
  readonly refusals = new Map<string, string>();

  load(key: string): AttemptRecord | null {
    return this.records.get(key) ?? null;
  }

  save(key: string, record: AttemptRecord): void {
    this.records.set(key, record);
  }

  remove(key: string): void {
    this.records.delete(key);
  }

  verifier(scope: string): string {
    const verifier = this.verifiers.get(scope) ?? createVerifier();
    this.verifiers.set(scope, verifier);
    return verifier;
  }

  keepBriefing(attempt: string, briefing: CallbackBriefing): void {
    this.briefings.set(attempt, briefing);
  }

  takeRefusal(attempt: string): string | null {
    return this.refusals.get(attempt) ?? null;
  }
}

/** The environment of a flow, controlled by a test. */
export class FakePorts implements ConnectPorts {
  readonly clock: FakeClock;
  readonly page = new FakePage();
  readonly storage: FakeStorage;
  readonly pageOrigin = 'https://app.example.com';
  /** All windows that were opened. */
  readonly windows: FakeWindow[] = [];
  /** The popup blocker. */
  refusesWindows = false;
  /** Whether a sandboxed frame refuses all windows. */
  isSandboxed = false;
  readonly #callbackListeners = new Set<(attempt: string | null) => void>();

  /** A reloaded page takes the clock and the storage of the previous one. */
  constructor({ clock = new FakeClock(), storage = new FakeStorage() } = {}) {
    this.clock = clock;
    this.storage = storage;
  }

  readonly openWindow = (name: string): FakeWindow | 'sandboxed' | null => {
    if (this.isSandboxed) return 'sandboxed';
    if (this.refusesWindows) return null;
    const window = new FakeWindow(name);
    this.windows.push(window);
    return window;
  };

  readonly listenForCallback = (callback: (attempt: string | null) => void): (() => void) => {
    this.#callbackListeners.add(callback);
    return () => void this.#callbackListeners.delete(callback);
  };

  /** Reports that the callback page was reached. */
  callback(attempt: string | null): void {
    for (const callback of [...this.#callbackListeners]) callback(attempt);
  }

  /** Counts the pending timers and the listeners. */
  get leftovers(): { timers: number; pageListeners: number; callbackListeners: number } {
    return {
      timers: this.clock.timers,
      pageListeners: this.page.listeners,
      callbackListeners: this.#callbackListeners.size,
    };
  }
}

export const NOTHING_LEFT = { timers: 0, pageListeners: 0, callbackListeners: 0 };

/** A flow between two attempts: its store follows the page. */
export const AT_REST = { timers: 0, pageListeners: 1, callbackListeners: 0 };
