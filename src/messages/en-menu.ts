import type { PartialMessages } from './messages.js';

/** The English texts of the actions on an account. */
export const menuTexts = {
  menu: {
    enable: 'Enable',
    reconnect: 'Reconnect',
    replaceKey: 'Replace key',
    rename: 'Rename',
    disable: 'Disable',
    disconnect: 'Disconnect',
    question: 'Disconnect {account}?',
    consequence: 'This site loses access to {account} right away. You can connect it again later.',
    name: 'Name',
    save: 'Save',
    badName: 'Use a single line of up to 255 characters.',
    failed: '“{action}” did not work.',
    dismiss: 'Dismiss',
    enabled: '{account} is enabled.',
    disabled: '{account} is disabled.',
    renamed: 'The name was saved.',
    reconnected: '{account} is connected again.',
    'credentials-replaced': 'The key was replaced.',
    disconnected: '{account} is disconnected.',
  },
} as const satisfies PartialMessages;
