export { FormBrowser, type Visit, type VisitEnd } from '../../../demo/desk/form-browser.js';
