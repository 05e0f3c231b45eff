/** Modules that exist only where an example of README.md runs. */
declare module 'cloudflare:workers' {
  const env: Record<'COMPOSIO_API_KEY' | 'CONNECT_SECRET' | 'ORIGIN' | 'CONNECT_KV', string>;

  export { env };
}
