/** Types for React 19 and newer: `import type {} from 'connect-account/react.js'`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { ConnectAccountAttributes } from './element-attributes.js';
import type { ConnectAccount } from './elements/connect-account/connect-account.js';
import type { ConnectAccountEventMap } from './elements/connect-account/connect-account-events.js';

/** React 19 listens to `account-connected` where it finds the property `onaccount-connected`. */
type Listeners = {
  [Type in keyof ConnectAccountEventMap as `on${Type}`]?: (event: ConnectAccountEventMap[Type]) => void;
};

type ElementAttributes = DetailedHTMLProps<HTMLAttributes<ConnectAccount>, ConnectAccount> &
  ConnectAccountAttributes &
  Listeners;

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'connect-account': ElementAttributes;
    }
  }
}
