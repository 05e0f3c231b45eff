import type { StoredValue } from '../store/connect-store.js';

/** What a page asks for when it wants a link. */
export interface LinkRequest {
  readonly authConfigId: string;
  readonly callbackPage: URL;
  readonly challenge: string | undefined;
  readonly alias: string | undefined;
  readonly allowMultiple: boolean;
  readonly connectionData: ReadonlyMap<string, string>;
}

/** A link while it is alive. The URL is a bearer capability: it is kept in the store only, to be shared by equal requests. */
export interface PendingLink extends StoredValue {
  readonly accountId: string;
  /** Name of its note, to which each requester adds a challenge. */
  readonly nonce: string | null;
  readonly redirectUrl: string;
}
