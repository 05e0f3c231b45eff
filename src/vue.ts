/** Types for Vue templates: `import type {} from 'connect-account/vue.js'`. */
import type { DefineComponent, HTMLAttributes } from 'vue';
import type { ConnectAccountAttributes } from './element-attributes.js';
import type { ConnectAccountEventMap } from './elements/connect-account/connect-account-events.js';

/** `@account-connected` in a template is the property `onAccountConnected`. */
type Listeners = {
  [Type in keyof ConnectAccountEventMap as `on${PascalCase<Type>}`]?: (event: ConnectAccountEventMap[Type]) => void;
};

type PascalCase<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${PascalCase<Tail>}`
  : Capitalize<Name>;

declare module 'vue' {
  interface GlobalComponents {
    'connect-account': DefineComponent<ConnectAccountAttributes & HTMLAttributes & Listeners>;
  }
}
