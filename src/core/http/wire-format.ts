/** Parses JSON from the backend into the domain's types at the boundary. Invalid data is refused. */
import { ConnectError, connectErrorInfo, wrongAccountError } from '../model/connect-error.js';
import {
  type AuthConfig,
  CONNECTION_STATUSES,
  type ConnectedAccount,
  type ConnectedAccountPage,
  type ConnectionField,
  type ConnectionStatus,
} from '../model/connection-types.js';

type Json = Readonly<Record<string, unknown>>;

/** @throws {@link ConnectError} `invalid_response` */
export function refuse(path: string, expected: string): never {
  throw new ConnectError(
    connectErrorInfo('invalid_response', `The backend's response is invalid: "${path}" must be ${expected}.`),
  );
}

/** Reads one value of a response. @throws {@link ConnectError} `invalid_response` */
export function object(value: unknown, path: string): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : refuse(path, 'an object');
}

function array(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(path, 'an array');
}

/** Reads one value of a response. @throws {@link ConnectError} `invalid_response` */
export function text(value: unknown, path: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(path, 'a string');
}

function anyText(value: unknown, path: string): string {
  return typeof value === 'string' ? value : refuse(path, 'a string');
}

/** Reads one value of a response. @throws {@link ConnectError} `invalid_response` */
export function textOrNull(value: unknown, path: string): string | null {
  return value === null ? null : anyText(value, path);
}

function flag(value: unknown, path: string): boolean {
  return typeof value === 'boolean' ? value : refuse(path, 'true or false');
}

function count(value: unknown, path: string): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(path, 'a number');
}

/** Reads one value of a response. @throws {@link ConnectError} `invalid_response` */
export function date(value: unknown, path: string): string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : refuse(path, 'a date (ISO 8601)');
}

/** Leaves out an optional key of an unexpected type, which a newer backend may send. */
function optional<Key extends string, Value>(
  key: Key,
  source: Json,
  fits: (value: unknown) => value is Value,
): { [K in Key]?: Value } {
  const value = source[key];
  return fits(value) ? ({ [key]: value } as { [K in Key]: Value }) : {};
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isTextOrNull = (value: unknown): value is string | null => value === null || isText(value);

/** Reads a status. An unknown one counts as pending, so it is never ACTIVE and never ends an attempt. */
export function status(value: unknown, path: string): ConnectionStatus {
  const word = anyText(value, path);
  return CONNECTION_STATUSES.find((known) => known === word) ?? 'INITIATED';
}

/** Freezes deeply, because the elements share what was read and hand it to the page. */
function frozen<Value extends object>(value: Value): Readonly<Value> {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) frozen(part);
  return Object.freeze(value);
}

/** @throws {@link ConnectError} `invalid_response` */
export function parseConnectedAccount(value: unknown): ConnectedAccount {
  const account = object(value, 'account');
  const toolkit = object(account['toolkit'], 'toolkit');
  const authConfig = object(account['authConfig'], 'authConfig');
  return frozen({
    id: text(account['id'], 'id'),
    toolkit: {
      slug: text(toolkit['slug'], 'toolkit.slug'),
      ...optional('name', toolkit, isText),
      ...optional('logo', toolkit, isText),
    },
    authConfig: {
      id: text(authConfig['id'], 'authConfig.id'),
      ...optional('authScheme', authConfig, isText),
      isComposioManaged: flag(authConfig['isComposioManaged'], 'authConfig.isComposioManaged'),
      isDisabled: flag(authConfig['isDisabled'], 'authConfig.isDisabled'),
    },
    alias: textOrNull(account['alias'], 'alias'),
    wordId: textOrNull(account['wordId'], 'wordId'),
    displayName: textOrNull(account['displayName'], 'displayName'),
    status: status(account['status'], 'status'),
    statusReason: textOrNull(account['statusReason'], 'statusReason'),
    isDisabled: flag(account['isDisabled'], 'isDisabled'),
    createdAt: date(account['createdAt'], 'createdAt'),
    updatedAt: date(account['updatedAt'], 'updatedAt'),
    ...optional('wasActive', account, isFlag),
  });
}

/** @throws {@link ConnectError} `invalid_response` */
export function parseConnectedAccountPage(value: unknown): ConnectedAccountPage {
  const page = object(value, 'page');
  return {
    items: array(page['items'], 'items').map(parseConnectedAccount),
    nextCursor: textOrNull(page['nextCursor'], 'nextCursor'),
    totalPages: count(page['totalPages'], 'totalPages'),
    ...optional('totalItems', page, (total): total is number => typeof total === 'number'),
  };
}

function parseConnectionField(value: unknown): ConnectionField {
  const field = object(value, 'field');
  return {
    name: text(field['name'], 'field.name'),
    displayName: anyText(field['displayName'], 'field.displayName'),
    description: anyText(field['description'], 'field.description'),
    type: anyText(field['type'], 'field.type'),
    required: flag(field['required'], 'field.required'),
    ...optional('default', field, isTextOrNull),
    ...optional('isSecret', field, isFlag),
    ...optional('userVisible', field, isFlag),
  };
}

/** @throws {@link ConnectError} `invalid_response` */
export function parseAuthConfigs(value: unknown): AuthConfig[] {
  return array(object(value, 'response')['items'], 'items').map((item) => {
    const config = object(item, 'authConfig');
    const toolkit = object(config['toolkit'], 'toolkit');
    return frozen({
      id: text(config['id'], 'id'),
      authScheme: anyText(config['authScheme'], 'authScheme'),
      isComposioManaged: flag(config['isComposioManaged'], 'isComposioManaged'),
      isDisabled: flag(config['isDisabled'], 'isDisabled'),
      toolkit: {
        slug: text(toolkit['slug'], 'toolkit.slug'),
        name: anyText(toolkit['name'], 'toolkit.name'),
        ...optional('logo', toolkit, isText),
      },
      ...optional('authHintUrl', config, isTextOrNull),
      fields: array(config['fields'], 'fields').map(parseConnectionField),
    });
  });
}

/** Refuses a response about another account, as a cache or a proxy may mix them up. */
export function requireAccount<Account extends { readonly id: string }>(
  account: Account,
  connectedAccountId: string,
): Account {
  if (account.id === connectedAccountId) return account;
  throw new ConnectError(wrongAccountError());
}
