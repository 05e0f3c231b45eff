/** Types for Svelte templates: `import type {} from 'connect-account/svelte.js'`. */
import type { HTMLAttributes } from 'svelte/elements';
import type { ConnectAccountAttributes } from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectAccountEventMap } from './elements/connect-account/connect-account-events.js';

/** Svelte 5 listens by `onaccount-connected`, Svelte 4 by `on:account-connected`. */
type Listeners = {
  [Type in keyof ConnectAccountEventMap as `on${Type}` | `on:${Type}`]?: (event: ConnectAccountEventMap[Type]) => void;
};

type ElementAttributes = HTMLAttributes<ConnectAccount> & ConnectAccountAttributes & Listeners;

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'connect-account': ElementAttributes;
  }
}
