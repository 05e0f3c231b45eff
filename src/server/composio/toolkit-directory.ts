import { readToolkit, type Toolkit } from './auth-config-dto.js';

/** ms. Names, logos and fields change with releases of Composio's toolkits, not with users. */
const KEPT_FOR = 10 * 60_000;

/** What each handler remembers of toolkits, so that a list of accounts costs no call for each logo. */
export interface ToolkitDirectory {
  /** The toolkit, read by `fetch` when it is not known. A failure is not remembered. */
  get(slug: string, fetch: () => Promise<unknown>): Promise<Toolkit>;
  /** The toolkit if it is known already. */
  peek(slug: string): Toolkit | undefined;
}

export function createToolkitDirectory(): ToolkitDirectory {
  const known = new Map<string, { readonly toolkit: Toolkit; readonly expiresAt: number }>();
  return {
    async get(slug, fetch) {
      const entry = known.get(slug);
      if (entry !== undefined && entry.expiresAt > Date.now()) return entry.toolkit;
      const toolkit = readToolkit(await fetch(), slug);
      known.set(slug, { toolkit, expiresAt: Date.now() + KEPT_FOR });
      return toolkit;
    },
    peek: (slug) => known.get(slug)?.toolkit,
  };
}
