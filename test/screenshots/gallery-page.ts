/** Runs in the page of the screenshots. */
import '../../src/define.js';
import { enterScene, SCENES } from './scenes.js';
import { type Clip, clipOf } from './visible-parts.js';

declare global {
  var gallery: {
    /** Names of the scenes of each element. */
    readonly scenes: Readonly<Record<'connect-account' | 'connected-accounts-list', readonly string[]>>;
    /** Draws a scene in place of the last one. Returns its box. */
    readonly show: (name: string, size: string) => Promise<Clip>;
  };
}

const namesOf = (element: string): string[] => Object.keys(SCENES).filter((name) => SCENES[name]?.element === element);

globalThis.gallery = {
  scenes: {
    'connect-account': namesOf('connect-account'),
    'connected-accounts-list': namesOf('connected-accounts-list'),
  },
  show: async (name, size) => {
    sessionStorage.clear();
    document.body.replaceChildren();
    return clipOf(await enterScene(name, size, document.body));
  },
};
