import type { AuthConfig, ConnectionField } from '../model/connection-types.js';

/** How a field is asked for. */
export interface AskedField extends ConnectionField {
  /** What stands in it before the user types. */
  readonly value: string;
  /** `json`: a document, typed, pasted or dropped. `lines`: several lines, like a PEM. */
  readonly kind: 'line' | 'lines' | 'json';
  /** Kept from whoever looks over the user's shoulder, with a way to look. */
  readonly masked: boolean;
}

/** What the user has to be asked, required first, pre-filled from `data` and the defaults. Hidden fields are left out. */
export function askedFields(
  authConfig: AuthConfig,
  data: Readonly<Record<string, string>> = {},
): readonly AskedField[] {
  const asked = authConfig.fields
    .filter(({ userVisible }) => userVisible !== false)
    .map((field) => ({
      ...field,
      value: data[field.name] ?? field.default ?? '',
      kind: kindOf(field, authConfig),
      masked: isSecret(field),
    }));
  return [...asked.filter(({ required }) => required), ...asked.filter(({ required }) => !required)];
}

/** What goes to the backend: what the user typed, cleaned, and the defaults of the hidden fields. Empty ones are left out. */
export function collectedValues(
  authConfig: AuthConfig,
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const values = authConfig.fields.map((field) => {
    const value = field.userVisible === false ? (field.default ?? '') : (typed[field.name] ?? '');
    return [field.name, isPassword(field) ? value : cleaned(value)] as const;
  });
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** Why a value cannot be sent. */
export type FieldProblem = 'missing' | 'not-json' | 'not-a-service-account';

/** What is wrong with the collected values, per field; an empty object where they can be sent. */
export function fieldProblems(
  authConfig: AuthConfig,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, FieldProblem>> {
  const problems: Record<string, FieldProblem> = {};
  for (const field of askedFields(authConfig)) {
    const value = values[field.name];
    if (value === undefined) {
      if (field.required) problems[field.name] = 'missing';
    } else if (field.kind === 'json') {
      const problem = jsonProblem(value, authConfig.authScheme);
      if (problem) problems[field.name] = problem;
    }
  }
  return problems;
}

function kindOf(field: ConnectionField, { authScheme }: AuthConfig): AskedField['kind'] {
  if (/json/i.test(field.name) || (authScheme === 'GOOGLE_SERVICE_ACCOUNT' && /credential/i.test(field.name)))
    return 'json';
  return /private_key|certificate|pem$/i.test(field.name) ? 'lines' : 'line';
}

/** What the toolkit says; where it says nothing, its name. */
function isSecret(field: ConnectionField): boolean {
  return field.isSecret ?? /key|token|secret|password|credential|jwt/i.test(field.name);
}

/** A password may begin or end with anything; a key was pasted. */
function isPassword({ name }: ConnectionField): boolean {
  return /password|passwd|passphrase/i.test(name);
}

/**
 * Free of what a copy brings along unseen: foreign line ends, control characters, zero-width and direction marks, byte
 * order marks, soft hyphens, line separators.
 */
function cleaned(value: string): string {
  return value
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, '')
    .trim();
}

function jsonProblem(value: string, authScheme: string): FieldProblem | null {
  try {
    const parsed: unknown = JSON.parse(value);
    if (typeof parsed !== 'object' || parsed === null) return 'not-json';
    const { type, private_key: key } = parsed as Record<'type' | 'private_key', unknown>;
    const isServiceAccount = type === 'service_account' && typeof key === 'string';
    return authScheme === 'GOOGLE_SERVICE_ACCOUNT' && !isServiceAccount ? 'not-a-service-account' : null;
  } catch {
    return 'not-json';
  }
}
