// The one state outside a handler: a server that makes a handler per tenant or per request should not repeat itself.
let wasAdvised = false;

/** Says once per process that the verified binding is the stronger one. */
export function adviseVerifier(): void {
  if (wasAdvised) return;
  wasAdvised = true;
  console.info(
    "connect-account: binding 'verifier' is stronger than this handler's: set a verifier URL in the Composio project and " +
      '`binding: \'verifier\'`. See https://docs.composio.dev, "callback identity verification".',
  );
}
