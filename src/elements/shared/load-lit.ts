/** Loads Lit where there is no page too. Modules with an element import this one first. */
import { removePageStandIn } from './page-stand-in.js';
import 'lit';

removePageStandIn();
