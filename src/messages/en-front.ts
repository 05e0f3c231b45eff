import type { PartialMessages } from './messages.js';

/** The English texts of a button, and of the errors that reading may end in. */
export const frontTexts = {
  connect: 'Connect',
  connectApp: 'Connect {app}',
  connecting: 'Connecting…',
  reconnect: 'Reconnect',
  enable: 'Enable',
  tryAgain: 'Try again',
  unknownApp: 'the app',
  opensWindow: 'opens a new window',
  preparing: 'Opening {app}…',
  sandboxed: '{app} can’t be opened from this frame. Open this page in its own tab:',
  cancel: 'Cancel',
  required: 'Connect {app} first.',
  statuses: {
    INITIALIZING: 'Starting',
    INITIATED: 'Not finished',
    ACTIVE: 'Connected',
    FAILED: 'Not connected',
    EXPIRED: 'Access expired',
    INACTIVE: 'Disabled',
    REVOKED: 'Access revoked',
  },
  menu: {
    label: 'Actions for {account}',
  },
  errors: {
    invalid_configuration: 'This connection is not set up correctly. Please contact the site’s support team.',
    unauthorized: 'You’re no longer signed in. Sign in and try again.',
    internal_error: 'Something went wrong on our side. Please try again.',
    upstream_error: 'The connection service is having problems. Please try again in a minute.',
    network_error: 'Our server can’t be reached. Check your internet connection and try again.',
    timeout: 'That took too long. Please try again.',
  },
} as const satisfies PartialMessages;
