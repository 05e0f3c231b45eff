/** The package ships no types for its in-memory adapter. Passed explicitly, it comes without the warning about losing data at a restart. */
declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  import type { AdapterFactory } from 'oidc-provider';

  export function createMemoryAdapter(): AdapterFactory;
}
