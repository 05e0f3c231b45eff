import { type Context, Hono } from 'hono';
import type { SampleAccounts } from '../../sample-accounts.js';
import type { Integration } from '../load-integrations.js';
import type { Visit } from '../page-layout.js';
import { TAGS } from './controls.js';
import { playgroundPage } from './playground-page.js';

/** What the route needs of the app. */
export interface PlaygroundParts {
  readonly integrations: readonly Integration[];
  visit(context: Context): Promise<Visit>;
  /** Accounts for the list, where Composio is emulated. */
  readonly samples: SampleAccounts | undefined;
}

/** The page of the playground. What else is in the query is for its script. */
export function playgroundRoutes({ integrations, visit, samples }: PlaygroundParts): Hono {
  const app = new Hono();
  app.get('/', async (context) => {
    const named = context.req.query('element');
    const tag = TAGS.find((one) => one === named) ?? 'connect-account';
    const visited = await visit(context);
    if (tag === 'connected-accounts-list') samples?.giveTo(visited.user.id);
    return context.html(playgroundPage(visited, tag, integrations));
  });
  return app;
}
