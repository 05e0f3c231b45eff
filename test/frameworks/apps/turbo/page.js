import './connect-account.min.js';
import './turbo.js';
import { setUp } from './set-up.js';

setUp(document);
// Drive and Frames show new elements, which start when they are set up. A refresh by morphing keeps the old ones.
document.addEventListener('turbo:render', () => setUp(document));
document.addEventListener('turbo:frame-render', () => setUp(document));
