import type { ConnectSettings } from '../../src/core/flow/connect-settings.js';

/** Returns settings for user_1 and ac_github with some of them replaced. */
export function settingsWith(settings: Partial<ConnectSettings> & Pick<ConnectSettings, 'client'>): ConnectSettings {
  return {
    userId: 'user_1',
    authConfigId: 'ac_github',
    allowMultiple: false,
    timeout: 600_000,
    callbackUrl: 'https://app.example.com/api/connect/callback',
    storageKey: 'connection-of-the-test',
    ...settings,
  };
}
