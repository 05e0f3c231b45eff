/** Parses JSON from the backend into the domain's types at the boundary. Invalid data is refused. */
import { ConnectError, connectErrorInfo, wrongAccountError } from '../model/connect-error.js';
import {
  type AuthConfig,
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectedAccountPage,
  type ConnectionStatus,
} from '../model/connection-types.js';

/**
 * Reads one value of a response.
 * @param path the keys that lead to the value; undefined for the response itself
 * @throws {@link ConnectError} `invalid_response`
 */
export type Reader<Value> = (value: unknown, path?: string) => Value;

/** Tells whether a value has a type. */
type Test<Value> = (value: unknown) => value is Value;

/** What a reader or a test yields. */
type Yield<Of> = Of extends Reader<infer Value> ? Value : never;
type TestedBy<Of> = Of extends Test<infer Value> ? Value : never;

function refuse(path = 'response', expected: string): never {
  const message = `The backend's response is invalid: "${path}" must be ${expected}.`;
  throw new ConnectError(connectErrorInfo('invalid_response', message));
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isFilled = (value: unknown): value is string => isText(value) && value !== '';
const isDate = (value: unknown): value is string => isText(value) && !Number.isNaN(Date.parse(value));

/** Reads a value that passes a test. @param expected what it must be, for the error */
export const must =
  <Value>(fits: Test<Value>, expected: string): Reader<Value> =>
  (value, path) =>
    fits(value) ? value : refuse(path, expected);

export const text = must(isFilled, 'a string');
export const textOrNull = must(isTextOrNull, 'a string or null');
export const date = must(isDate, 'a date (ISO 8601)');
const anyText = must(isText, 'a string');
const flag = must(isFlag, 'true or false');
/** Reads a word of Composio's that a backend of another kind does not have. */
const flagOrFalse: Reader<boolean> = (value, path) => value !== undefined && flag(value, path);
const textOrAbsent: Reader<string | null> = (value, path) => (value === undefined ? null : textOrNull(value, path));
const count = must(isNumber, 'a number');

/** Reads a status. An unknown one counts as pending, so it is never ACTIVE and never ends an attempt. */
export const status: Reader<ConnectionStatus> = (value, path) => {
  const word = anyText(value, path);
  return CONNECTION_STATUSES.find((known) => known === word) ?? 'INITIATED';
};

/**
 * Reads an object. All objects are frozen, because the elements share what was read and hand it to the page.
 * @param required the readers of its keys
 * @param optional the types of keys that may be missing. A value of another type, which a newer backend may send, is left out.
 */
export function shape<
  Required extends Readonly<Record<string, Reader<unknown>>>,
  Optional extends Readonly<Record<string, Test<unknown>>>,
>(
  required: Required,
  optional: Optional = {} as Optional,
): Reader<
  { readonly [Key in keyof Required]: Yield<Required[Key]> } & {
    readonly [Key in keyof Optional]?: TestedBy<Optional[Key]>;
  }
> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(path, 'an object');
    const source = value as Readonly<Record<string, unknown>>;
    const read: Record<string, unknown> = {};
    for (const key in required) read[key] = required[key]?.(source[key], path ? `${path}.${key}` : key);
    for (const key in optional) if (optional[key]?.(source[key])) read[key] = source[key];
    return Object.freeze(read) as never;
  };
}

const list =
  <Value>(read: Reader<Value>): Reader<readonly Value[]> =>
  (value, path) =>
    Array.isArray(value) ? Object.freeze(value.map((item) => read(item, path))) : refuse(path, 'an array');

/** @throws {@link ConnectError} `invalid_response` */
export const parseConnectedAccount: Reader<ConnectedAccount> = shape(
  {
    id: text,
    toolkit: shape({ slug: text }, { name: isText, logo: isText }),
    authConfig: shape({ id: text, isComposioManaged: flagOrFalse, isDisabled: flagOrFalse }, { authScheme: isText }),
    alias: textOrNull,
    wordId: textOrAbsent,
    displayName: textOrNull,
    status,
    statusReason: textOrNull,
    isDisabled: flagOrFalse,
    createdAt: date,
    updatedAt: date,
  },
  { wasActive: isFlag },
);

/** @throws {@link ConnectError} `invalid_response` */
export const parseConnectedAccountPage: Reader<ConnectedAccountPage> = shape(
  { items: list(parseConnectedAccount), nextCursor: textOrNull, totalPages: count },
  { totalItems: isNumber },
);

const field = shape(
  { name: text, displayName: anyText, description: anyText, type: anyText, required: flag },
  { default: isTextOrNull, isSecret: isFlag, userVisible: isFlag },
);

const authConfigs: Reader<{ readonly items: readonly AuthConfig[] }> = shape({
  items: list(
    shape(
      {
        id: text,
        authScheme: anyText,
        isComposioManaged: flagOrFalse,
        isDisabled: flagOrFalse,
        toolkit: shape({ slug: text, name: anyText }, { logo: isText }),
        fields: list(field),
      },
      { authHintUrl: isTextOrNull },
    ),
  ),
});

/** @throws {@link ConnectError} `invalid_response` */
export function parseAuthConfigs(value: unknown): readonly AuthConfig[] {
  return authConfigs(value).items;
}

/** Refuses a response about another account, as a cache or a proxy may mix them up. */
export function requireAccount<Account extends { readonly id: string }>(
  account: Account,
  connectedAccountId: string,
): Account {
  if (account.id === connectedAccountId) return account;
  throw new ConnectError(wrongAccountError());
}
