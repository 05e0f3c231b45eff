import type { ConnectionStatus } from '../../core/model/connection-types.js';

const RING = 'M8 2.25a5.75 5.75 0 1 1 0 11.5a5.75 5.75 0 1 1 0-11.5';

/** A shape of its own for each status, so that none is told by its colour alone: a path within 16 × 16. */
export const STATUS_ICONS: Readonly<Record<ConnectionStatus | 'NEVER_FINISHED', string>> = {
  INITIALIZING:
    'M8 2.5v2.5M8 11v2.5M2.5 8h2.5M11 8h2.5M4.1 4.1l1.8 1.8M10.1 10.1l1.8 1.8M4.1 11.9l1.8-1.8M10.1 5.9l1.8-1.8',
  INITIATED: `${RING}M8 4.75V8l2.25 1.5`,
  ACTIVE: `${RING}M5.5 8.25l1.75 1.75 3.25-3.75`,
  FAILED: `${RING}M6 6l4 4m0-4-4 4`,
  EXPIRED: 'M8 2.5 14 13H2zM8 6.5v3m0 1.6v.1',
  INACTIVE: `${RING}M6.5 6v4m3-4v4`,
  REVOKED: `${RING}M4 4l8 8`,
  NEVER_FINISHED: `${RING}M5.75 8h4.5`,
};
