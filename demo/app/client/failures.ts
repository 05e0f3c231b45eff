import type { ConnectAccount } from '../../../src/index.js';
import { showConsole } from './show-console.js';
import { whenDrawn } from './when-drawn.js';

/** The page of one failure: shows the state of its element and the words for the developer. */
const element = document.querySelector<ConnectAccount>('connect-account');
const phase = document.querySelector('#phase');
const code = document.querySelector('#code');

showConsole();
if (element && phase && code) {
  let isAsked = new URLSearchParams(location.search).get('then') === 'connect';
  void whenDrawn(element, ({ state, error }) => {
    phase.textContent = state.phase;
    code.textContent = error?.code ?? 'none';
    if (!isAsked || state.phase !== 'ready') return;
    isAsked = false;
    // A reload is another page, which must not connect.
    history.replaceState(null, '', location.pathname);
    void element.connect();
  });
}
