import type { Composio } from '@composio/core';

/** One row of the page. */
export interface Integration {
  readonly authConfigId: string;
  readonly name: string;
  readonly description: string;
  readonly logo: string | undefined;
}

/** Reads from Composio, real or emulated, the apps that the auth configs connect. */
export function loadIntegrations(composio: Composio, authConfigIds: readonly string[]): Promise<Integration[]> {
  return Promise.all(
    authConfigIds.map(async (authConfigId) => {
      const authConfig = await composio.authConfigs.get(authConfigId);
      const { name, meta } = await composio.toolkits.get(authConfig.toolkit.slug);
      return { authConfigId, name, description: meta.description ?? '', logo: meta.logo };
    }),
  );
}
