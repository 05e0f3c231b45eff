import type { ConnectAccount } from '../../../src/index.js';
import { whenDrawn } from './when-drawn.js';

/** The page of the languages: connects what is to be shown in the middle of an attempt, without a click. */
for (const element of document.querySelectorAll<ConnectAccount>('connect-account[data-connect]')) {
  let isAsked = true;
  void whenDrawn(element, ({ state }) => {
    if (!isAsked || state.phase !== 'ready') return;
    isAsked = false;
    void element.connect();
  });
}

document.querySelector('select[name="show"]')?.addEventListener('change', ({ target }) => {
  (target as HTMLSelectElement).form?.requestSubmit();
});
