import type { AccountAction, AccountChange } from '../core/accounts/account-actions.js';
import type { FieldProblem } from '../core/accounts/credential-fields.js';
import type { ConnectErrorCode } from '../core/model/connect-error.js';
import type { ConnectionStatus } from '../core/model/connection-types.js';

/**
 * Every text that a user can read. `{app}` stands for the name of the app, like GitHub.
 * Override some by the property `messages`; the rest comes from the nearest `lang`.
 */
export interface Messages {
  /** The trigger, before anything is connected, where the name of the app is not known. */
  readonly connect: string;
  /** The same where it is. */
  readonly connectApp: string;
  /** The trigger, while an attempt is under way. */
  readonly connecting: string;
  readonly reconnect: string;
  readonly enable: string;
  readonly tryAgain: string;
  /** Stands for the name of the app where the backend does not tell it. */
  readonly unknownApp: string;
  /** Added to the trigger's accessible name. */
  readonly opensWindow: string;
  /** In the window, until it is sent to the provider, and beside the trigger. */
  readonly preparing: string;
  readonly awaiting: string;
  /** The attempt was begun before a reload or in another tab. */
  readonly awaitingElsewhere: string;
  /** The provider takes the place of this page. */
  readonly awaitingHere: string;
  readonly windowClosed: string;
  readonly confirming: string;
  /** The backend has not answered for a while. */
  readonly retrying: string;
  readonly popupBlocked: string;
  /** The real link that stands in place of a refused window. */
  readonly openWindow: string;
  readonly openAgain: string;
  /** Why an app on the home screen opens no window. */
  readonly homeScreenApp: string;
  /** Above the address of the page, in an app that is no browser. */
  readonly webView: string;
  /** The same in a frame that may open no window. */
  readonly sandboxed: string;
  /** Names the field with the address of the page to a screen reader. */
  readonly pageAddress: string;
  readonly cancel: string;
  /** Announced when the account is connected. */
  readonly isConnected: string;
  /** Announced when the attempt was called off. */
  readonly isCancelled: string;
  /** Shown by the browser when a form needs this connection. */
  readonly required: string;
  /** One or two words for each status. */
  readonly statuses: Readonly<Record<ConnectionStatus, string>>;
  /** The form that asks for the fields of an auth config. */
  readonly form: {
    readonly title: string;
    readonly submit: string;
    readonly submitting: string;
    /** Folds the fields that may be left empty. */
    readonly more: string;
    /** Leads to the page where users obtain the credential. */
    readonly hint: string;
    /** The name of the connection, asked for where another one has it. */
    readonly alias: string;
    readonly show: string;
    readonly hide: string;
    readonly chooseFile: string;
    readonly dropFile: string;
  };
  /** The actions of an account: their names, and what is said when one is done. `{account}` stands for its identity. */
  readonly menu: Readonly<Record<AccountAction | AccountChange | 'disconnected', string>> & {
    /** Names the button that opens the menu. */
    readonly label: string;
    /** Reconnects an account whose credentials the user typed. */
    readonly replaceKey: string;
    readonly question: string;
    readonly consequence: string;
    readonly name: string;
    readonly save: string;
    readonly badName: string;
    /** `{action}` did not work. What went wrong follows. */
    readonly failed: string;
    readonly dismiss: string;
  };
  /** What is wrong with what the user typed, and what to do. */
  readonly fieldProblems: Readonly<Record<FieldProblem, string>>;
  /** `<connected-accounts-list>`. */
  readonly list: {
    /** Names the list to a screen reader. */
    readonly title: string;
    readonly search: string;
    readonly more: string;
    readonly loading: string;
    readonly empty: string;
    /** `{text}` stands for what was searched for. */
    readonly noMatch: string;
    /** The same while the server has more pages. */
    readonly noMatchYet: string;
    /** Announced when rows come or go; `{count}` stands for their number. */
    readonly count: string;
    readonly loadFailed: string;
    /** In place of a status: a connection that its user began and left. */
    readonly neverFinished: string;
  };
  /** What happened and what to do, for each error code. */
  readonly errors: Readonly<Record<ConnectErrorCode, string>>;
}

/** Some of {@link Messages}; of a section, some of its texts. */
export type PartialMessages = {
  readonly [Key in keyof Messages]?: Messages[Key] extends string ? string : Partial<Messages[Key]>;
};

/** `override` over `base`, section by section. */
export function mergeMessages(base: Messages, override: PartialMessages | undefined): Messages {
  if (!override) return base;
  const merged = Object.entries(base).map(([key, text]: [string, string | object]) => {
    const other = override[key as keyof Messages];
    if (typeof text === 'string') return [key, other ?? text];
    return [key, { ...text, ...(other as object | undefined) }];
  });
  return Object.fromEntries(merged) as Messages;
}

/**
 * Returns `text` with each `{placeholder}` replaced by its parameter. A parameter that holds a placeholder is left as it is,
 * so an account may be called `{app}`. A placeholder without a parameter stays in the text.
 */
export function formatMessage(text: string, parameters: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(parameters, name) ? (parameters[name] as string) : placeholder,
  );
}
