import type { FieldProblem } from '../../core/accounts/credential-fields.js';
import type { ConnectErrorInfo } from '../../core/model/connect-error.js';
import type { AuthConfig } from '../../core/model/connection-types.js';
import type { Messages } from '../../messages/messages.js';

/** What the form asks, shows and tells. */
export interface CredentialsFormView {
  readonly authConfig: AuthConfig;
  readonly messages: Messages;
  /** The backend has the answers: nothing can be sent now. */
  readonly busy: boolean;
  /** What this page found wrong, by field name. */
  readonly problems: Readonly<Record<string, FieldProblem>>;
  /** What the backend found wrong. */
  readonly error: ConnectErrorInfo | null;
  /** Pre-fills fields. */
  readonly data: Readonly<Record<string, string>> | undefined;
  /** The name of the connection. */
  readonly alias: string;
  /** Whether it was asked for before, and so still is. It always is where another connection has it. */
  readonly asksAlias?: boolean;
  onSubmit(typed: Readonly<Record<string, string>>, alias: string | undefined): void;
  onCancel(): void;
}

/** Marks an input as the answer to a field; its `name` would tempt password managers. */
export const FIELD = 'data-field';
/** Marks the input for the connection's name. */
export const ALIAS = 'data-alias';
