import type { PartialMessages } from './messages.js';

/** The English texts of the errors that a user rarely sees before acting. The others are in front. */
export const texts = {
  errors: {
    forbidden: 'You don’t have permission to connect this account. Ask your administrator for access.',
    csrf_rejected: 'The request was blocked for your security. Reload the page and try again.',
    not_found: 'This connection no longer exists. Connect again to create a new one.',
    auth_config_not_found: 'This app can’t be connected here yet. Please contact the site’s support team.',
    auth_config_disabled: 'Connecting {app} is currently disabled. Please try again later.',
    unsupported_scheme: '{app} can’t be connected this way. Please contact the site’s support team.',
    already_connected: '{app} is already connected. Reload the page to see the account.',
    alias_taken: 'Another account already has this name. Choose a different name.',
    missing_fields: 'Some details are missing. Fill them in and try again.',
    invalid_credentials: '{app} did not accept these details. Check them and try again.',
    invalid_request: 'The request was not valid. Reload the page and try again.',
    rate_limited: 'Too many attempts. Wait a minute and try again.',
    invalid_response: 'Something went wrong on our side. Please try again in a minute.',
    connection_failed: '{app} was not connected: access was not granted. You can try again.',
    connection_expired: 'Access to {app} has expired. Reconnect to keep using it.',
    connection_revoked: 'Access to {app} was revoked. Reconnect to keep using it.',
  },
} as const satisfies PartialMessages;
