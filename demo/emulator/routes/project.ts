import { Hono } from 'hono';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';

/** `GET /org/project/config`: the name of the project, and whether it masks secrets. */
export function projectRoutes({ knobs, route }: EmulatorContext): Hono<EmulatorEnv> {
  const app = new Hono<EmulatorEnv>();

  app.get('/org/project/config', route('project.config'), (context) =>
    context.json({
      is_2FA_enabled: true,
      display_name: 'Demo project',
      mask_secret_keys_in_connected_account: knobs.maskSecrets,
      log_visibility_setting: 'show_all',
    }),
  );

  return app;
}
