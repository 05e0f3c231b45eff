import './connect-account.min.js';
import { setUp } from './set-up.js';

setUp(document);
document.addEventListener('htmx:after:swap', () => setUp(document));
