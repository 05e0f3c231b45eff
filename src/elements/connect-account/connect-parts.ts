import { nothing, type ReactiveElement, type TemplateResult } from 'lit';
import type {
  AccountActionsController,
  AccountActionsOptions,
  AccountFailure,
} from '../../controllers/account-actions-controller.js';
import { adviseTheme } from '../../controllers/author-errors.js';
import type { KeptFocusController } from '../../controllers/kept-focus-controller.js';
import { adoptSheets } from '../../controllers/moves.js';
import { type ConnectErrorInfo, toConnectErrorInfo } from '../../core/model/connect-error.js';
import type { ConnectedAccount } from '../../core/model/connection-types.js';
import { LatePart } from '../../core/model/late-part.js';
import { frontTexts } from '../../messages/en-front.js';
import { type Messages, mergeMessages, type PartialMessages } from '../../messages/messages.js';
import type { AccountMenuWords } from '../account-menu/account-view.js';
import type { CredentialsPanel, CredentialsSource } from '../credentials-form/credentials-panel.js';
import { type AttemptTemplates, type LateTemplates, looksUnthemed, type PartName } from './connect-view.js';

const PARTS = {
  menu: new LatePart(() => import('../account-menu/account-menu.js')),
  form: new LatePart(() => import('../credentials-form/credentials-panel.js')),
  attempt: new LatePart(() => import('./attempt-view.js')),
  /** The words for errors that are rare before an attempt. */
  errors: new LatePart(() => import('../../messages/en-errors.js')),
};

/** Signs that the user is about to use the element. */
const SIGNS = ['pointerenter', 'focusin', 'touchstart'];

const ignore = () => {};

/** Loads all parts ahead of their use, as for a page that must work without a network later on. */
export async function loadConnectParts(): Promise<void> {
  await Promise.all(Object.values(PARTS).map((part) => part.load()));
}

/** The options of the controllers that the parts bring along. */
export interface ConnectPartsOptions {
  readonly actions: AccountActionsOptions;
  /** Returns the flow that may ask for fields. */
  form(): CredentialsSource;
  /** Returns what gets the focus when what had it is removed. */
  fallbackFocus(): HTMLElement | null;
  /** Called at a sign that the user is about to use the element. Returns the parts that a click would need. */
  onSign(): readonly PartName[];
}

/**
 * The late parts of one element: its menu, its form, and what it shows during an attempt. Each brings its texts and styles.
 * What the user asked of a part is done as soon as it is loaded. If it cannot be loaded, `failure` is set until it can.
 */
export class ConnectParts implements LateTemplates {
  readonly #host: ReactiveElement;
  readonly #options: ConnectPartsOptions;
  /** The parts that this element uses, and those that it waits for. */
  readonly #used = new Set<PartName>();
  readonly #awaited = new Set<PartName>();
  #texts = mergeMessages({} as Messages, frontTexts);
  #actions: AccountActionsController | null = null;
  #form: CredentialsPanel | null = null;
  #focus: KeptFocusController | null = null;
  #isOpening = false;
  #failure: { readonly name: PartName; readonly error: ConnectErrorInfo; retry(): void } | null = null;

  constructor(host: ReactiveElement, options: ConnectPartsOptions) {
    this.#host = host;
    this.#options = options;
    const prefetch = () => {
      // A part that cannot be loaded is asked for again when it is needed.
      for (const name of options.onSign()) PARTS[name].load().then(() => this.#whenLoaded(name), ignore);
    };
    for (const sign of SIGNS) host.addEventListener(sign, prefetch, { passive: true });
    // After the first rendering.
    void host.updateComplete.then(() => {
      const trigger = options.fallbackFocus();
      if (trigger && looksUnthemed(trigger)) adviseTheme(host);
    });
  }

  /** The English texts of the parts that have been loaded. */
  get texts(): Messages {
    return this.#texts;
  }

  /** The actions on the account, or null before the user has turned to them. */
  get actions(): AccountActionsController | null {
    return this.#actions;
  }

  /** The form for credentials, or null before a flow has asked for them. */
  get form(): CredentialsPanel | null {
    return this.#form;
  }

  get attempt(): AttemptTemplates | null {
    return this.#used.has('attempt') ? PARTS.attempt.loaded : null;
  }

  /** The error of the last part that could not be loaded, or null. */
  get failure(): ConnectErrorInfo | null {
    return this.#failure?.error ?? null;
  }

  /** Loads the part that could not be loaded again, and then does what was asked of it. */
  retry(): void {
    this.#failure?.retry();
  }

  /** Loads a part that the state of the element calls for. */
  need(name: PartName): void {
    if (this.#awaited.has(name)) return;
    this.#awaited.add(name);
    this.#whenLoaded(name);
  }

  /** Calls `act` with the actions: at once if their part has been loaded, otherwise as soon as it is. */
  withActions(act: (actions: AccountActionsController) => void, onFailure?: () => void): void {
    this.#whenLoaded('menu', () => this.#actions && act(this.#actions), onFailure);
  }

  /** Disconnects an account without a question. Returns whether the server confirmed it. */
  disconnect(account: ConnectedAccount): Promise<boolean> {
    return new Promise((resolve) => {
      const fail = () => resolve(false);
      this.withActions((actions) => resolve(actions.disconnect(account)), fail);
    });
  }

  /** Opens the menu of an account, or closes it. Further calls while the menu is loading count as one. */
  toggleMenu(account: ConnectedAccount, focus?: 'first' | 'last'): void {
    if (this.#isOpening) return;
    this.#isOpening = true;
    const open = (actions: AccountActionsController) => {
      this.#isOpening = false;
      actions.toggleMenu(account, focus);
    };
    this.withActions(open, () => {
      this.#isOpening = false;
    });
  }

  renderPanel(view: AccountMenuWords): TemplateResult | typeof nothing {
    const actions = this.#actions;
    return (actions && PARTS.menu.loaded?.renderAccountPanel({ ...view, actions })) ?? nothing;
  }

  renderRetry(view: AccountMenuWords): TemplateResult | typeof nothing {
    const actions = this.#actions;
    return (actions && PARTS.menu.loaded?.renderRetry({ ...view, actions })) ?? nothing;
  }

  failureText(failure: AccountFailure, view: AccountMenuWords): string {
    return PARTS.menu.loaded?.failureText(failure, view.messages, view) ?? '';
  }

  /** Gives the element its own sheets and those of its parts. */
  adoptSheets(): void {
    const { shadowRoot } = this.#host;
    const own = (this.#host.constructor as typeof ReactiveElement).elementStyles;
    const parts = [...this.#used].map((name) => PARTS[name].loaded);
    const late = parts.flatMap((part) => (part && 'styles' in part ? part.styles : []));
    if (shadowRoot) adoptSheets(shadowRoot, [...own.slice(0, -1), ...late, ...own.slice(-1)]);
  }

  #whenLoaded(name: PartName, act: () => void = ignore, onFailure: () => void = ignore): void {
    const part = PARTS[name];
    if (part.loaded) {
      if (!this.#used.has(name)) this.#use(name, part.loaded);
      act();
      return;
    }
    const again = () => this.#whenLoaded(name, act);
    part.load().then(again, (error: unknown) => {
      this.#failure = { name, error: toConnectErrorInfo(error), retry: again };
      this.#host.requestUpdate();
      onFailure();
    });
  }

  #use(name: PartName, { texts }: { readonly texts: PartialMessages }): void {
    this.#used.add(name);
    this.#texts = mergeMessages(this.#texts, texts);
    // Another part may have been loaded to say why this one was not.
    if (this.#failure?.name === name) this.#failure = null;
    const { menu, form, attempt } = PARTS;
    const { KeptFocusController } = menu.loaded ?? attempt.loaded ?? {};
    if (KeptFocusController) this.#focus ??= new KeptFocusController(this.#host, this.#options.fallbackFocus);
    const actions = { ...this.#options.actions, onFailed: () => this.need('errors') };
    if (name === 'menu' && menu.loaded) this.#actions = new menu.loaded.AccountActionsController(this.#host, actions);
    if (name === 'attempt' && attempt.loaded) {
      new attempt.loaded.RoomController(this.#host);
      adviseTheme(this.#host);
    }
    if (name === 'form' && form.loaded) this.#form = new form.loaded.CredentialsPanel(this.#host, this.#options.form);
    this.adoptSheets();
    this.#host.requestUpdate();
  }
}
