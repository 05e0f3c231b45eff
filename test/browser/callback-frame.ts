/** A callback page in a frame. It is a real page of this origin whose backend and clock the test controls. */
export interface CallbackFrame {
  readonly page: Window & typeof globalThis;
  readonly path: string;
  readonly requests: readonly { url: string; init: RequestInit; body: unknown }[];
  /** Sets the backend's response. By default the backend binds the browser. */
  answer(respond: () => Response | Promise<Response>): void;
  /** Advances the page's clock. */
  advance(milliseconds: number): void;
  /** Runs each timer that is set from now on as soon as possible, and advances the clock with it. */
  runTimersAtOnce(): void;
  now(): number;
  words(): string;
  phase(): string | undefined;
  /** Whether the page tried to close itself. A frame cannot be closed. */
  closed(): boolean;
  nextLoad(): Promise<void>;
  remove(): void;
}

const PATH = '/test/browser/callback-page.html';

export async function openCallbackFrame(query: string): Promise<CallbackFrame> {
  const element = document.createElement('iframe');
  element.src = PATH + query;
  const nextLoad = () =>
    new Promise<void>((resolve) => element.addEventListener('load', () => resolve(), { once: true }));
  const loaded = nextLoad();
  document.body.append(element);
  await loaded;
  const page = element.contentWindow as Window & typeof globalThis;
  const requests: { url: string; init: RequestInit; body: unknown }[] = [];
  let respond: () => Response | Promise<Response> = () => new Response('{}');
  let isClosed = false;
  page.fetch = async (url, init = {}) => {
    requests.push({ url: String(url), init, body: JSON.parse(String(init.body)) });
    return respond();
  };
  page.close = () => {
    isClosed = true;
  };
  return {
    page,
    path: PATH,
    requests,
    answer: (answer) => {
      respond = answer;
    },
    ...takeClock(page),
    words: () => page.document.querySelector('[data-connect-account-message]')?.textContent ?? '',
    phase: () => page.document.documentElement.dataset['connectAccountPhase'],
    closed: () => isClosed,
    nextLoad,
    remove: () => element.remove(),
  };
}

function takeClock(page: Window & typeof globalThis): Pick<CallbackFrame, 'advance' | 'runTimersAtOnce' | 'now'> {
  const timers = new Map<number, { at: number; run: () => void }>();
  let now = 0;
  let lastId = 0;
  let isHasty = false;
  const advance = (milliseconds: number) => {
    now += milliseconds;
    for (const [id, { at, run }] of timers) if (at <= now && timers.delete(id)) run();
  };
  page.performance.now = () => now;
  page.clearTimeout = (id) => void timers.delete(Number(id));
  Object.assign(page, {
    setTimeout: (run: () => void, milliseconds: number) => {
      const id = ++lastId;
      timers.set(id, { at: now + milliseconds, run });
      // Runs after everything that the page does without waiting.
      if (isHasty) setTimeout(() => timers.has(id) && advance(milliseconds));
      return id;
    },
  });
  return {
    advance,
    now: () => now,
    runTimersAtOnce: () => {
      isHasty = true;
    },
  };
}
