import type { AuthConfig, ConnectionField } from '../model/connection-types.js';

/** A field as the form shows it. */
export interface AskedField extends ConnectionField {
  /** Initial value. */
  readonly value: string;
  /** `json`: a document that is typed, pasted or dropped. `lines`: several lines, like a PEM file. */
  readonly kind: 'line' | 'lines' | 'json';
  /** Whether the value is hidden until the user reveals it. */
  readonly masked: boolean;
}

/** Returns the fields to show, required ones first, filled in from `data` and the defaults. Hidden fields are left out. */
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

/**
 * Returns the values for the backend: the user's input without invisible characters, and the defaults of hidden fields.
 * Empty values are left out.
 */
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

/** A reason why a value cannot be sent. */
export type FieldProblem = 'missing' | 'not-json' | 'not-a-service-account';

/** Returns the problem of each collected value by field name. The object is empty if all values can be sent. */
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

/** Goes by the toolkit's own word, or by the field's name if the toolkit does not say. */
function isSecret(field: ConnectionField): boolean {
  return field.isSecret ?? /key|token|secret|password|credential|jwt/i.test(field.name);
}

/** Passwords are sent unchanged, since they may begin or end with any character. Other values were probably pasted. */
function isPassword({ name }: ConnectionField): boolean {
  return /password|passwd|passphrase/i.test(name);
}

/**
 * Removes the invisible characters that copying brings along: foreign line endings, control characters, zero-width and
 * direction marks, byte order marks, soft hyphens and line separators.
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
