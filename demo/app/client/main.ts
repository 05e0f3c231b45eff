import { expireUpstream } from './expire-upstream.js';
import { followAppearance } from './follow-appearance.js';
import { logEvents } from './log-events.js';

followAppearance();
logEvents();
expireUpstream();
