import { nothing, type TemplateResult } from 'lit';
import { AnchoredPanelController } from '../../controllers/anchored-panel-controller.js';
import type { Messages } from '../../messages/messages.js';
import { CredentialsFormController } from '../credentials-form/credentials-form-controller.js';
import { renderCredentialsForm } from '../credentials-form/render-credentials-form.js';
import type { ConnectedAccountsList } from './connected-accounts-list.js';
import type { Reconnect, Reconnects } from './reconnects.js';

const NO_PROBLEMS = {};
/** A long list is not searched for a form that is not drawn. */
const NOTHING = { anchor: null, panel: null };

/** The form for the one row whose fields are asked for again: a panel beside its button. */
export class ReconnectForm {
  readonly #element: ConnectedAccountsList;
  readonly #reconnects: Reconnects;
  /** Whose button gets the focus back. */
  #asked: string | null = null;

  constructor(element: ConnectedAccountsList, reconnects: Reconnects) {
    this.#element = element;
    this.#reconnects = reconnects;
    new AnchoredPanelController(element, () =>
      reconnects.asking ? { anchor: this.#button, panel: this.#find('.panel') } : NOTHING,
    );
    new CredentialsFormController(element, {
      form: () => (reconnects.asking ? (this.#find('.panel form') as HTMLFormElement | null) : null),
      refusal: () => this.#refusal(reconnects.asking),
      contains: (event) => event.composedPath().includes(element),
      onLeave: () => this.#cancel(),
      onClosed: () => this.#button?.focus(),
    });
  }

  render(messages: Messages): TemplateResult | typeof nothing {
    const asking = this.#reconnects.asking;
    const state = asking?.flow.state;
    if (!asking || !state?.authConfig) return nothing;
    if (state.phase !== 'collecting-credentials' && state.phase !== 'submitting') return nothing;
    this.#asked = asking.account.id;
    return renderCredentialsForm({
      authConfig: state.authConfig,
      messages,
      busy: state.phase === 'submitting',
      problems: state.phase === 'submitting' ? NO_PROBLEMS : state.problems,
      error: state.error,
      data: undefined,
      alias: '',
      onSubmit: (typed, alias) => asking.flow.submit(typed, alias),
      onCancel: () => this.#cancel(),
    });
  }

  get #button(): HTMLElement | null {
    return this.#asked === null
      ? null
      : this.#find(`[data-account="${CSS.escape(this.#asked)}"] [data-action="reconnect"]`);
  }

  #find(selector: string): HTMLElement | null {
    return this.#element.renderRoot.querySelector(selector);
  }

  #cancel(): void {
    const { asking } = this.#reconnects;
    if (asking) this.#reconnects.cancel(asking.account);
  }

  #refusal(asking: Reconnect | null): object | null {
    const state = asking?.flow.state;
    if (state?.phase !== 'collecting-credentials') return null;
    return state.error ?? (Object.keys(state.problems).length > 0 ? state.problems : null);
  }
}
