/**
 * What a callback page of the host's own loads, as a module script. It reports the end of a provider flow to the endpoint
 * that `<meta name="connect-account-endpoint" content="/api/connect">` names, or to the page's own path, and closes the
 * window. Words go into the element with `data-connect-account-message`, or to the end of the page.
 */
import { runCallbackPage } from './browser/run-callback-page.js';

void runCallbackPage(window);
