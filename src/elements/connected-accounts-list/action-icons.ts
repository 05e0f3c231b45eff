import type { AccountAction } from '../../core/accounts/account-actions.js';

/** Each stands beside its name, seen or heard: a path within 16 × 16. */
export const ACTION_ICONS: Readonly<Record<AccountAction, string>> = {
  reconnect: 'M13 8a5 5 0 1 1-1.6-3.67M13.25 2.25v2.5h-2.5',
  refresh: 'M3 7a5.1 5.1 0 0 1 9.2-1.9M13 9a5.1 5.1 0 0 1-9.2 1.9M12.5 2.5v2.75H9.75M3.5 13.5v-2.75h2.75',
  rename: 'm3 13 .7-2.9 7-7a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7 7zM9.5 4.3l2.2 2.2',
  enable: 'M8 2.75v5M4.9 4.4a5 5 0 1 0 6.2 0',
  disable: 'M8 2.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5M6.5 6v4m3-4v4',
  disconnect: 'M3 4.25h10M6.25 4V2.75h3.5V4M4.25 4.5l.6 8.25h6.3l.6-8.25M6.75 7v3.25m2.5-3.25v3.25',
};

/** Three quarters of a ring, which turns while the server is asked. */
export const BUSY_ICON = 'M13 8a5 5 0 1 1-5-5';
