import { systemClock } from '../core/model/clock.js';
import { LatePart } from '../core/model/late-part.js';
import type { FrontPorts } from '../core/model/ports.js';
import { keptRecord } from './attempt-records.js';
import { openWindow, sameTabWindow } from './authorization-window.js';
import { refusesWindows } from './page-limits.js';
import { createPageSignals } from './page-signals.js';

/** The ports that only an attempt needs. */
const attemptPortsPart = new LatePart(() => import('./attempt-ports.js'));

/**
 * Creates the ports of this page.
 * @param waitingText returns the text that a window shows until it is sent to the provider
 * @param sameTab returns whether this tab goes to the provider instead of a window
 * @param onLimit called when it turned out that there is no other window, or that a click gets no handle on a window
 */
export function createBrowserPorts(
  waitingText: () => string,
  sameTab: () => boolean = () => false,
  onLimit: (limit: 'one-window' | 'no-handle') => void = () => {},
): FrontPorts {
  return {
    clock: systemClock,
    openWindow: (name, attempt) => {
      if (sameTab()) return sameTabWindow(attempt);
      // Read this before opening a window, which uses up the gesture. In Firefox a refusal does, too.
      const inGesture = navigator.userActivation?.isActive === true;
      const opened = openWindow(name, attempt, waitingText());
      if (opened === 'self') {
        onLimit('one-window');
        return sameTabWindow(attempt);
      }
      if (opened === null && refusesWindows(inGesture)) return 'sandboxed';
      if (opened === null && inGesture) onLimit('no-handle');
      return opened;
    },
    page: createPageSignals(),
    storage: { load: keptRecord },
    attemptPorts: attemptPortsPart,
    get pageOrigin() {
      // `location.origin` does not reflect a sandbox.
      return self.origin;
    },
  };
}
