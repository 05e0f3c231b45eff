import type { PartialMessages } from './messages.js';

/** The English texts of the form for credentials. */
export const formTexts = {
  form: {
    title: 'Connect {app}',
    note: 'Your details are sent to this site’s server and aren’t kept in this page.',
    submit: 'Connect',
    more: 'More options',
    hint: 'Where can I find this?',
    alias: 'Connection name',
    show: 'Show',
    hide: 'Hide',
    chooseFile: 'Choose a file',
    dropFile: 'Paste the JSON or drop the file here.',
  },
  fieldProblems: {
    missing: 'Fill this in.',
    'not-json': 'This JSON is incomplete. Copy the whole file, from the first brace to the last.',
    'not-a-service-account': 'This is a different kind of JSON file. Use the key file of a service account.',
  },
} as const satisfies PartialMessages;
