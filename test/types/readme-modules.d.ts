/** Modules that exist only where an example of the documentation runs. */
declare module 'cloudflare:workers' {
  const env: Record<'COMPOSIO_API_KEY' | 'CONNECT_SECRET' | 'ORIGIN' | 'CONNECT_KV', string>;

  export { env };
}

declare module '@/auth' {
  const auth: () => Promise<{ user?: { id?: string } } | null>;

  export { auth };
}

declare module '@auth/express' {
  const getSession: (request: object, config: object) => Promise<{ user?: { id?: string } } | null>;

  export { getSession };
}

declare module '@clerk/backend' {
  interface State {
    toAuth(): { userId: string | null } | null;
  }
  interface Client {
    authenticateRequest(request: Request, options: { authorizedParties: string[] }): Promise<State>;
  }
  const createClerkClient: (keys: { secretKey?: string; publishableKey?: string }) => Client;

  export { createClerkClient };
}
