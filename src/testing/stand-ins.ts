/** A window that was not opened, as the page sees it. */
export interface FakePopup {
  /** Addresses that the page sent it to, in order. */
  readonly urls: readonly string[];
  /** Set it to true when the user of the test closes the window. */
  closed: boolean;
}

/** The replacement of `window.open`. */
export interface FakePopups {
  /** The windows that were opened, oldest first. */
  readonly opened: readonly FakePopup[];
  /** True for a browser that blocks windows. */
  blocked: boolean;
  /** Gives the page its own `window.open` back. */
  restore(): void;
}

/** Replaces `window.open`, so that a click on a trigger opens no real window. Links lead nowhere then. */
export function replacePopups(options: { readonly blocked?: boolean } = {}): FakePopups {
  const opened: FakePopup[] = [];
  const { open } = window;
  const popups: FakePopups = {
    opened,
    blocked: options.blocked ?? false,
    restore: () => {
      window.open = open;
    },
  };
  window.open = () => {
    if (popups.blocked) return null;
    const urls: string[] = [];
    const popup = {
      urls,
      closed: false,
      opener: null,
      document: document.implementation.createHTMLDocument(''),
      location: { replace: (url: string) => void urls.push(url) },
      focus: () => {},
      close: () => {
        popup.closed = true;
      },
    };
    opened.push(popup);
    return popup as unknown as Window;
  };
  return popups;
}

type Internals = Record<string, unknown>;

/**
 * Adds the few parts of the platform that the elements use and jsdom or happy-dom lack: custom states, form association,
 * `matchMedia`, `CSS.supports` and the page's origin. Call it before an element is created. It changes nothing that is there,
 * so in a browser it does nothing.
 */
export function prepareDom(page: Window & typeof globalThis = window): void {
  const { prototype } = page.HTMLElement;
  const attach = prototype.attachInternals as ((this: HTMLElement) => ElementInternals) | undefined;
  prototype.attachInternals = function (this: HTMLElement): ElementInternals {
    const internals = attach?.call(this) ?? {};
    return completeInternals(internals as Internals, this) as unknown as ElementInternals;
  };
  // Vitest takes over the names of happy-dom's window, and leaves this one out.
  if (self.origin === undefined)
    Object.defineProperty(self, 'origin', { configurable: true, get: () => location.origin });
  page.matchMedia ??= (media) => Object.assign(new page.EventTarget(), { matches: false, media }) as MediaQueryList;
  page.CSS ??= { supports: () => false } as unknown as typeof CSS;
}

function completeInternals(internals: Internals, host: HTMLElement): Internals {
  let message = '';
  const isValid = (): boolean => message === '';
  const missing: Record<string, PropertyDescriptor> = {
    states: { value: new Set<string>() },
    form: { get: () => host.closest('form') },
    setFormValue: { value: () => {} },

    setValidity: {
      value: (_: unknown, text = '') => {
        message = text;
      },
    },
    validity: { get: () => ({ valid: isValid(), valueMissing: !isValid() }) },
    validationMessage: { get: () => message },
    willValidate: { value: true },
    checkValidity: { value: isValid },
    reportValidity: { value: isValid },
  };
  for (const [name, descriptor] of Object.entries(missing)) {
    if (!(name in internals)) Object.defineProperty(internals, name, descriptor);
  }
  return internals;
}
