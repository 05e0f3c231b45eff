import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectedAccountsList } from './elements/connected-accounts-list/connected-accounts-list.js';

/** `undefined` is the default, as templates pass it on. */
type Optional<Properties> = { [Name in keyof Properties]?: Properties[Name] | undefined };

/** Properties of `<connect-account>` that an attribute can set. Two are required. */
export interface ConnectAccountValues
  extends Pick<ConnectAccount, 'userId' | 'authConfigId'>,
    Optional<
      Pick<
        ConnectAccount,
        | 'endpoint'
        | 'mode'
        | 'callbackUrl'
        | 'alias'
        | 'allowMultiple'
        | 'credentialsForm'
        | 'timeout'
        | 'label'
        | 'disabled'
        | 'variant'
        | 'size'
        | 'name'
        | 'required'
      >
    > {}

/** Properties of `<connect-account>` that are functions or objects, so that no attribute can set them. */
export type ConnectAccountObjects = Optional<
  Pick<ConnectAccount, 'client' | 'sessionToken' | 'connectionData' | 'messages'>
>;

/** Properties of `<connected-accounts-list>` that an attribute can set. One is required. */
export interface ConnectedAccountsListValues
  extends Pick<ConnectedAccountsList, 'userId'>,
    Optional<
      Pick<
        ConnectedAccountsList,
        | 'endpoint'
        | 'toolkitSlugs'
        | 'authConfigIds'
        | 'statuses'
        | 'limit'
        | 'orderBy'
        | 'searchable'
        | 'readonly'
        | 'callbackUrl'
        | 'mode'
        | 'credentialsForm'
      >
    > {}

/** Properties of `<connected-accounts-list>` that are functions or objects, so that no attribute can set them. */
export type ConnectedAccountsListObjects = Optional<
  Pick<ConnectedAccountsList, 'client' | 'sessionToken' | 'connectionData' | 'messages'>
>;

/** Keeps an element from reading anything, until it has all properties and the attribute is removed. */
export interface DeferHydration {
  'defer-hydration'?: '' | null | undefined;
}

/**
 * Attributes for these properties: `'user-id'` for `userId`. In an attribute, the items of an array are separated by spaces
 * or commas.
 */
export type AttributesOf<Properties> = {
  [Name in keyof Properties as KebabCase<Name & string>]: AttributeValue<Name, Properties[Name]>;
};

/** What an attribute of this property may hold. */
export type AttributeValue<Name, Value> = Value extends readonly string[]
  ? string
  : Value extends boolean
    ? boolean | '' | (Name extends HtmlBoolean ? never : 'true' | 'false')
    : Value extends number
      ? number | `${number}`
      : Value;

/** These are HTML's own, where `disabled="false"` means true. */
type HtmlBoolean = 'disabled' | 'required';

/** The name of an attribute: `user-id` for `userId`. */
export type KebabCase<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${KebabCase<Tail>}`
  : Name;

/** The name of an event behind `on` in frameworks that have no hyphens there: `AccountConnected`. */
export type PascalCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${PascalCase<Tail>}`
  : Capitalize<Name>;
