import { nothing, type TemplateResult } from 'lit';
import { AnchoredPanelController } from '../../controllers/anchored-panel-controller.js';
import { askedFields } from '../../core/accounts/credential-fields.js';
import type { ConnectFlow } from '../../core/flow/connect-flow.js';
import { isBusy } from '../../core/flow/connect-state.js';
import type { AuthConfig } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';
import { CredentialsFormController } from '../credentials-form/credentials-form-controller.js';
import { renderCredentialsForm } from '../credentials-form/render-credentials-form.js';
import type { ConnectAccount } from './connect-account.js';

const NO_PROBLEMS = {};

/** What was typed and is no secret. */
interface KeptAnswers {
  readonly data: Readonly<Record<string, string>>;
  readonly alias?: string | undefined;
}

const NOTHING_KEPT: KeptAnswers = { data: {} };

/** The form of `<connect-account>`: a panel beside the trigger for as long as fields are asked for. */
export class ConnectForm {
  readonly #element: ConnectAccount;
  readonly #flow: ConnectFlow;
  readonly #controller: CredentialsFormController;
  /** The form goes while a link is made, and comes back when that is refused. */
  #kept = NOTHING_KEPT;

  constructor(element: ConnectAccount, flow: ConnectFlow) {
    this.#element = element;
    this.#flow = flow;
    new AnchoredPanelController(element, () => ({ anchor: this.#find('.trigger'), panel: this.#find('.panel') }));
    this.#controller = new CredentialsFormController(element, {
      form: () => this.#find('.panel form') as HTMLFormElement | null,
      refusal: () => this.#refusal(),
      contains: (event) => event.composedPath().includes(element),
      onLeave: () => flow.cancel('user'),
      onClosed: () => this.#focusTriggerAfterwards(),
    });
  }

  focus(): void {
    this.#controller.focus();
  }

  render(messages: Messages): TemplateResult | typeof nothing {
    const { state, connectionData, alias } = this.#element;
    const { phase, authConfig, error } = state;
    if (!isBusy(state)) this.#kept = NOTHING_KEPT;
    if (!authConfig || (phase !== 'collecting-credentials' && phase !== 'submitting')) return nothing;
    return renderCredentialsForm({
      authConfig,
      messages,
      busy: phase === 'submitting',
      problems: phase === 'submitting' ? NO_PROBLEMS : state.problems,
      error,
      data: { ...connectionData, ...this.#kept.data },
      alias: this.#kept.alias ?? alias,
      asksAlias: this.#kept.alias !== undefined,
      onSubmit: (typed, name) => {
        this.#kept = { data: withoutSecrets(typed, authConfig), alias: name };
        this.#flow.submit(typed, name);
      },
      onCancel: () => this.#flow.cancel('user'),
    });
  }

  #find(selector: string): HTMLElement | null {
    return this.#element.renderRoot.querySelector(selector);
  }

  #refusal(): object | null {
    const { state } = this.#element;
    if (state.phase !== 'collecting-credentials') return null;
    return state.error ?? (Object.keys(state.problems).length > 0 ? state.problems : null);
  }

  /** The field that had the focus is gone; where the page has moved it elsewhere, there it stays. */
  #focusTriggerAfterwards(): void {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body || activeElement === this.#element) this.#element.focus();
  }
}

function withoutSecrets(
  typed: Readonly<Record<string, string>>,
  authConfig: AuthConfig,
): Readonly<Record<string, string>> {
  const open = askedFields(authConfig).filter(({ masked }) => !masked);
  return Object.fromEntries(open.flatMap(({ name }) => (typed[name] === undefined ? [] : [[name, typed[name]]])));
}
