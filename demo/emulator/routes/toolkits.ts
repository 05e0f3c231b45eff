import { Hono } from 'hono';
import { badRequest, toolkitNotFound } from '../api-error.js';
import type { EmulatorContext, EmulatorEnv } from '../emulator-context.js';
import { paginate } from '../paging.js';
import { queryChoice } from '../request-input.js';
import type { ToolkitRecord } from '../toolkit-records.js';
import { wireListedToolkit, wireToolkit } from '../wire-toolkit.js';

const MIN_SEARCH_LENGTH = 3;

/** `GET /toolkits`, `GET /toolkits/categories` and `GET /toolkits/{slug}`. */
export function toolkitRoutes(emulator: EmulatorContext): Hono<EmulatorEnv> {
  const { state, knobs, route } = emulator;
  const app = new Hono<EmulatorEnv>();

  app.get('/toolkits', route('toolkits.list'), (context) => {
    const category = context.req.query('category');
    const managedBy = queryChoice(context, 'managed_by', ['all', 'composio', 'project'], 'all');
    const order = queryChoice(context, 'sort_by', ['usage', 'alphabetically'], 'usage');
    const search = context.req.query('search')?.toLowerCase();
    if (search !== undefined && search.length < MIN_SEARCH_LENGTH)
      throw badRequest('search needs at least 3 characters');
    const found = [...state.toolkits.values()].filter(
      (toolkit) =>
        (category === undefined || [toolkit.category.slug, toolkit.category.name].includes(category)) &&
        (managedBy === 'all' || (managedBy === 'composio') === isManaged(toolkit)) &&
        (search === undefined || matches(toolkit, search)),
    );
    if (order === 'alphabetically') found.sort((first, second) => first.name.localeCompare(second.name));
    const page = paginate(context, found, knobs.maxPageLimit);
    return context.json({ ...page, items: page.items.map((toolkit) => wireListedToolkit(emulator, toolkit)) });
  });

  app.get('/toolkits/categories', route('toolkits.categories'), (context) => {
    const byId = new Map([...state.toolkits.values()].map(({ category }) => [category.slug, category.name]));
    return context.json(
      paginate(
        context,
        [...byId].map(([id, name]) => ({ id, name })),
        knobs.maxPageLimit,
      ),
    );
  });

  app.get('/toolkits/:slug', route('toolkits.retrieve'), (context) => {
    const slug = context.req.param('slug');
    const toolkit = state.toolkits.get(slug);
    if (toolkit === undefined) throw toolkitNotFound(slug);
    return context.json(wireToolkit(emulator, toolkit));
  });

  return app;
}

function isManaged({ schemes }: ToolkitRecord): boolean {
  return schemes.some(({ isComposioManaged }) => isComposioManaged);
}

function matches({ slug, name, description }: ToolkitRecord, search: string): boolean {
  return [slug, name, description].some((words) => words.toLowerCase().includes(search));
}
