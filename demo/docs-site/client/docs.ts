import { addCopyButtons } from './copy-buttons.js';
import { startSearch } from './search.js';

startSearch();
addCopyButtons();

// On a narrow page the list of pages would hide what the reader came for.
const pages = document.querySelector<HTMLDetailsElement>('nav.pages details');
const wide = matchMedia('(min-width: 900px)');
const adapt = (): void => {
  pages?.toggleAttribute('open', wide.matches);
};
wide.addEventListener('change', adapt);
adapt();
