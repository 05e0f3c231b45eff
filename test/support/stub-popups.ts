/** A window, as the page that opened it sees it. */
export class StubPopup {
  readonly name: string;
  readonly document = document.implementation.createHTMLDocument();
  /** Everything done to it, in order: `opener = null`, `replace https://…`, `focus`, `close`. */
  readonly history: string[] = [];
  closed = false;

  constructor(name: string) {
    this.name = name;
  }

  set opener(value: unknown) {
    this.history.push(`opener = ${value}`);
  }

  get location(): { replace(url: string): void } {
    return { replace: (url) => this.history.push(`replace ${url}`) };
  }

  focus(): void {
    this.history.push('focus');
  }

  close(): void {
    this.history.push('close');
    this.closed = true;
  }
}

/** The replacement of `window.open`. */
export interface Popups {
  /** The windows of the current test. */
  readonly opened: StubPopup[];
  /** The popup blocker. */
  blocked: boolean;
}

/**
 * Replaces `window.open` for the tests of the `describe` that calls it. Real windows are for the tests in `test/e2e`.
 */
export function usePopups(): Popups {
  const popups: Popups = { opened: [], blocked: false };
  const { open } = window;
  before(() => {
    window.open = (_, name = '') => {
      if (popups.blocked) return null;
      const popup = new StubPopup(name);
      popups.opened.push(popup);
      return popup as unknown as Window;
    };
  });
  afterEach(() => {
    popups.opened.length = 0;
    popups.blocked = false;
  });
  after(() => {
    window.open = open;
  });
  return popups;
}
