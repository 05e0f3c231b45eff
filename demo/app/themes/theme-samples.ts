import type { VisitorBackendOptions } from '../visitor-backend.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a visitor of the themes has connected from the start: a state of each look. */
export const THEME_SAMPLES: VisitorBackendOptions['samples'] = [
  { authConfigId: 'ac_twilio', displayName: 'ops@example.com', status: 'INACTIVE', age: 20 * DAY_MS },
  {
    authConfigId: 'ac_slack',
    displayName: 'design-team',
    status: 'EXPIRED',
    statusReason: 'Permanent auth error during token refresh',
    age: 9 * DAY_MS,
  },
  { authConfigId: 'ac_googlecalendar', displayName: 'ada@example.com', alias: 'Personal', age: 2 * DAY_MS },
  { authConfigId: 'ac_github', displayName: 'octocat', alias: 'Work', age: 3 * HOUR_MS },
];
