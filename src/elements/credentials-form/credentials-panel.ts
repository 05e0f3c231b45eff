import { nothing, type ReactiveElement, type TemplateResult } from 'lit';
import { AnchoredPanelController } from '../../controllers/anchored-panel-controller.js';
import { askedFields } from '../../core/accounts/credential-fields.js';
import type { ConnectFlow } from '../../core/flow/connect-flow.js';
import {
  type CollectingCredentials,
  type ConnectState,
  isBusy,
  type Submitting,
} from '../../core/flow/connect-state.js';
import type { AuthConfig } from '../../core/model/connection-types.js';
import { formTexts } from '../../messages/en-form.js';
import type { Messages } from '../../messages/messages.js';
import { anchoredPanelStyles } from '../../styles/anchored-panel-styles.js';
import { buttons } from '../../styles/buttons.js';
import { icons } from '../../styles/icons.js';
import { CredentialsFormController } from './credentials-form-controller.js';
import { credentialsFormStyles } from './credentials-form-styles.js';
import { renderCredentialsForm } from './render-credentials-form.js';

/** This file is a late part of `<connect-account>`: the form for credentials. */
export const styles = [icons, buttons, anchoredPanelStyles, credentialsFormStyles];
export const texts = formTexts;

/** A flow that may ask for fields, and how the panel presents them. */
export interface CredentialsSource {
  readonly flow: ConnectFlow;
  /** Selector of the button that the panel stands beside. The focus returns to it. */
  readonly anchor: string;
  /** Pre-fills the fields. */
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly alias?: string;
  cancel(): void;
}

/** The answers that are no secret. */
interface KeptAnswers {
  readonly flow: ConnectFlow;
  readonly data: Readonly<Record<string, string>>;
  readonly alias: string | undefined;
}

/** Nothing is searched for in a long list while no form is rendered. */
const NOT_SHOWN = { anchor: null, panel: null };
const NO_PROBLEMS = {};

/** The form for credentials in an element: a panel beside a button, for as long as a flow asks for fields. */
export class CredentialsPanel {
  readonly #host: ReactiveElement;
  readonly #source: () => CredentialsSource | null;
  readonly #form: CredentialsFormController;
  /** The form is removed while a link is made, and comes back if that is refused. */
  #kept: KeptAnswers | null = null;
  #anchor = '';
  /** The flow whose form is rendered. */
  #shown: ConnectFlow | null = null;

  /** @param source returns the flow that asks for fields, or may ask next, or null */
  constructor(host: ReactiveElement, source: () => CredentialsSource | null) {
    this.#host = host;
    this.#source = source;
    new AnchoredPanelController(host, 'form', () =>
      this.#asking ? { anchor: this.#find(this.#anchor), panel: this.#find('.panel') } : NOT_SHOWN,
    );
    this.#form = new CredentialsFormController(host, {
      form: () => (this.#asking ? this.#find<HTMLFormElement>('.panel form') : null),
      refusal: () => refusal(this.#asking?.flow.state),
      contains: (event) => event.composedPath().includes(host),
      onLeave: () => this.#asking?.cancel(),
      onClosed: () => {
        this.#returnFocus();
        if (this.#asking) host.requestUpdate();
      },
    });
  }

  focus(): void {
    this.#form.focus();
  }

  render(messages: Messages): TemplateResult | typeof nothing {
    const source = this.#source();
    const state = source?.flow.state;
    if (this.#kept?.flow !== source?.flow || !state || !isBusy(state)) this.#kept = null;
    const shown = this.#shown;
    this.#shown = null;
    if (!source || !state || !isAsking(state) || !state.authConfig) return nothing;
    // The form for another connection comes after this one has gone, with what was typed in it.
    if (shown && shown !== source.flow) return nothing;
    this.#shown = source.flow;
    const { authConfig, error } = state;
    this.#anchor = source.anchor;
    return renderCredentialsForm({
      authConfig,
      messages,
      busy: state.phase === 'submitting',
      problems: state.phase === 'submitting' ? NO_PROBLEMS : state.problems,
      error,
      data: { ...source.data, ...this.#kept?.data },
      alias: this.#kept?.alias ?? source.alias ?? '',
      asksAlias: this.#kept?.alias !== undefined,
      onSubmit: (typed, alias) => {
        this.#kept = { flow: source.flow, data: withoutSecrets(typed, authConfig), alias };
        source.flow.submit(typed, alias);
      },
      onCancel: () => source.cancel(),
    });
  }

  get #asking(): CredentialsSource | null {
    const source = this.#source();
    return source && isAsking(source.flow.state) ? source : null;
  }

  #find<Found extends HTMLElement>(selector: string): Found | null {
    return this.#host.renderRoot.querySelector<Found>(selector);
  }

  /** The field that had the focus is gone. If the page has moved the focus elsewhere, it stays there. */
  #returnFocus(): void {
    const { activeElement } = document;
    if (!activeElement || activeElement === document.body || activeElement === this.#host)
      this.#find(this.#anchor)?.focus();
  }
}

function isAsking(state: ConnectState): state is CollectingCredentials | Submitting {
  return state.phase === 'collecting-credentials' || state.phase === 'submitting';
}

/** Returns another object for each refusal, or null. */
function refusal(state: ConnectState | undefined): object | null {
  if (state?.phase !== 'collecting-credentials') return null;
  return state.error ?? (Object.keys(state.problems).length > 0 ? state.problems : null);
}

function withoutSecrets(
  typed: Readonly<Record<string, string>>,
  authConfig: AuthConfig,
): Readonly<Record<string, string>> {
  const open = askedFields(authConfig).filter(({ masked }) => !masked);
  return Object.fromEntries(open.flatMap(({ name }) => (typed[name] === undefined ? [] : [[name, typed[name]]])));
}
