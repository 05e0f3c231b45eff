/**
 * Module script for a host's own callback page. It reports the end of a provider flow to the endpoint in
 * `<meta name="connect-account-endpoint" content="/api/connect">`, or to the page's own path, and closes the window.
 * Messages go into the element with `data-connect-account-message`, or to the end of the page.
 */
import { runCallbackPage } from './browser/run-callback-page.js';

void runCallbackPage(window);
