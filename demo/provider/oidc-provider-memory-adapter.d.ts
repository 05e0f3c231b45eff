/**
 * The package has no types for its in-memory adapter. Passing the adapter explicitly avoids its warning about lost
 * data.
 */
declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  import type { AdapterFactory } from 'oidc-provider';

  export function createMemoryAdapter(): AdapterFactory;
}
