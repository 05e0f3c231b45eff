/** Registers `<connect-account>` now, and `<connected-accounts-list>` as soon as the document contains one. */

import { LatePart } from './core/model/late-part.js';
import { ConnectAccount } from './elements/connect-account/connect-account.js';
import type {} from './register-element.js';
import { registerElement } from './register-element.js';

const LIST = 'connected-accounts-list';
const listPart = new LatePart(() => import('./define-connected-accounts-list.js'));

function defineList(): void {
  listPart.load().catch(({ message }: Error) => {
    console.warn(`<${LIST}>: ${message}`);
    // The network may be back when the user is.
    for (const type of ['online', 'focus']) addEventListener(type, defineList, { once: true });
  });
}

function contains(node: Node): boolean {
  return node instanceof Element && (node.localName === LIST || node.getElementsByTagName(LIST).length > 0);
}

registerElement('connect-account', ConnectAccount);

// Nodes in shadow roots are not seen. A page that has the list only there loads `define-connected-accounts-list.js`.
if (contains(document.documentElement)) defineList();
else {
  const observer = new MutationObserver((records) => {
    if (!records.some(({ addedNodes }) => [...addedNodes].some(contains))) return;
    observer.disconnect();
    defineList();
  });
  observer.observe(document, { childList: true, subtree: true });
}
