import type { AccountAction, OfferedChange } from '../core/accounts/account-actions.js';
import type { FieldProblem } from '../core/accounts/credential-fields.js';
import type { ConnectionStatus } from '../core/model/connection-types.js';
import type { ConnectErrorCode } from '../core/model/error-codes.js';

/**
 * All texts that a user can see. `{app}` stands for the name of the app, like GitHub. Override texts with the `messages`
 * property; the others are in the language of the nearest `lang`.
 */
export interface Messages {
  /** The trigger before a connection exists, if the name of the app is unknown. */
  readonly connect: string;
  /** The trigger before a connection exists. */
  readonly connectApp: string;
  /** The trigger during an attempt. */
  readonly connecting: string;
  readonly reconnect: string;
  readonly enable: string;
  readonly tryAgain: string;
  /** Replaces the name of the app if the backend does not provide it. */
  readonly unknownApp: string;
  /** Added to the trigger's accessible name. */
  readonly opensWindow: string;
  /** Shown in the window until the provider's page loads, and beside the trigger. */
  readonly preparing: string;
  readonly awaiting: string;
  /** Shown if the provider opens in this tab. */
  readonly awaitingHere: string;
  /** Shown if the window reads as closed, or after a reload, when nobody knows. */
  readonly windowClosed: string;
  readonly confirming: string;
  /** Shown while the backend does not respond. */
  readonly retrying: string;
  readonly popupBlocked: string;
  /** The link that replaces a blocked window. */
  readonly openWindow: string;
  readonly openAgain: string;
  /** Explains why a home screen app opens no window. */
  readonly homeScreenApp: string;
  /** Shown above the page address inside an app's web view. */
  readonly webView: string;
  /** Shown above the page address in a sandboxed frame. */
  readonly sandboxed: string;
  /** The accessible name of the field with the page address. */
  readonly pageAddress: string;
  readonly cancel: string;
  /** Announced when the account is connected. */
  readonly isConnected: string;
  /** Announced when the attempt is cancelled. */
  readonly isCancelled: string;
  /** Shown by the browser if a form requires this connection. */
  readonly required: string;
  /** The label of each status, in one or two words. */
  readonly statuses: Readonly<Record<ConnectionStatus, string>>;
  /** The page on which the provider flow ends, in the window or in this tab. For refusals it shows `errors` too. */
  readonly callback: {
    readonly finishing: string;
    readonly done: string;
    readonly refused: string;
    readonly unreachable: string;
  };
  /** The form for the fields of an auth config. */
  readonly form: {
    readonly title: string;
    /** Says where the answers go. */
    readonly note: string;
    readonly submit: string;
    readonly submitting: string;
    /** Expands the optional fields. */
    readonly more: string;
    /** Links to the page where users can find the credential. */
    readonly hint: string;
    /** The label of the alias field, which is shown if the alias is taken. */
    readonly alias: string;
    readonly show: string;
    readonly hide: string;
    readonly chooseFile: string;
    readonly dropFile: string;
  };
  /** The labels of the account actions, and their results. `{account}` stands for the account's identity. */
  readonly menu: Readonly<Record<AccountAction | OfferedChange | 'disconnected', string>> & {
    /** The accessible name of the menu button. */
    readonly label: string;
    /** The label of Reconnect for an account with credentials that the user entered. */
    readonly replaceKey: string;
    readonly question: string;
    /** Shown below the question. `{account}` stands for the login, with its app. */
    readonly consequence: string;
    readonly name: string;
    readonly save: string;
    readonly badName: string;
    /** Shown if an action failed; the reason follows. `{action}` stands for its label. */
    readonly failed: string;
    readonly dismiss: string;
  };
  /** The validation messages of the form fields. */
  readonly fieldProblems: Readonly<Record<FieldProblem, string>>;
  /** The texts of `<connected-accounts-list>`. */
  readonly list: {
    /** The accessible name of the list. */
    readonly title: string;
    readonly search: string;
    readonly more: string;
    readonly loading: string;
    readonly empty: string;
    /** Shown if a search has no results. `{text}` stands for the search text. */
    readonly noMatch: string;
    /** Shown if a search has no results and the server has more pages. */
    readonly noMatchYet: string;
    /** Announced when the number of rows changes. `{count}` stands for that number. */
    readonly count: string;
    readonly loadFailed: string;
    /** Tells a key without a name or a login from others. `{date}` stands for a day. */
    readonly keyAdded: string;
    /** The same for other credentials, and for an app without a login. */
    readonly added: string;
    /** Replaces the status of a connection that the user started and never finished. */
    readonly neverFinished: string;
  };
  /** The explanation of each error code, and what to do. */
  readonly errors: Readonly<Record<ConnectErrorCode, string>>;
}

/** Some of {@link Messages}. A section may have some of its texts. */
export type PartialMessages = {
  readonly [Key in keyof Messages]?: Messages[Key] extends string ? string : Partial<Messages[Key]>;
};

/** Returns `base` with the texts of `more` in it, section by section. What is no text, as of a missing translation, is left out. */
export function mergeMessages(base: Messages, more: PartialMessages | undefined): Messages {
  if (!more) return base;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, text] of Object.entries(more) as Array<[string, string | object | undefined]>) {
    if (typeof text === 'string') merged[key] = text;
    else if (text) merged[key] = mergeMessages(merged[key] as Messages, text);
  }
  return merged as unknown as Messages;
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
