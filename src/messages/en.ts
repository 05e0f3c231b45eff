import { attemptTexts } from './en-attempt.js';
import { texts as errorTexts } from './en-errors.js';
import { formTexts } from './en-form.js';
import { frontTexts } from './en-front.js';
import { menuTexts } from './en-menu.js';
import type { Messages } from './messages.js';

/** English. Its texts stand in the files of the parts that show them, so that a page loads none that it does not need yet. */
const en: Messages = {
  ...frontTexts,
  ...attemptTexts,
  ...formTexts,
  form: { ...attemptTexts.form, ...formTexts.form },
  menu: { ...frontTexts.menu, ...menuTexts.menu },
  errors: { ...frontTexts.errors, ...attemptTexts.errors, ...errorTexts.errors },
  list: {
    title: 'Connected accounts',
    search: 'Search accounts',
    more: 'Show more',
    loading: 'Loading accounts…',
    empty: 'No accounts are connected yet.',
    noMatch: 'No account matches “{text}”.',
    noMatchYet: 'No matches in the accounts shown. Show more to search the rest.',
    count: 'Accounts shown: {count}',
    loadFailed: 'The accounts could not be loaded.',
    keyAdded: 'API key added {date}',
    added: 'Added {date}',
    neverFinished: 'Never finished',
  },
};

export default en;
