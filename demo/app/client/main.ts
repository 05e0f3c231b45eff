import { expireUpstream } from './expire-upstream.js';
import { followAppearance } from './follow-appearance.js';
import { logEvents } from './log-events.js';
import { showCurrentPlace } from './show-current-place.js';

followAppearance();
logEvents();
expireUpstream();
showCurrentPlace();
