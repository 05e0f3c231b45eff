import type { LitElement } from 'lit';

/**
 * Returns an `invalid_configuration` message for the author of a page. The core names the setting in backticks; this adds the
 * tag and the attribute: "<connected-accounts-list>: `userId` (attribute user-id) is missing…".
 */
export function describeConfigurationError(element: LitElement, message: string): string {
  const { elementProperties } = element.constructor as typeof LitElement;
  const described = message.replace(/^`(\w+)`/, (setting, name: string) => {
    const attribute = elementProperties.get(name)?.attribute;
    return typeof attribute === 'string' ? `${setting} (attribute ${attribute})` : setting;
  });
  return `<${element.localName}>: ${described}`;
}
