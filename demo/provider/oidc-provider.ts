const { warn } = console;

// oidc-provider prints on import that it wants Node 22. Everything used here is tested on Node 20, so the message would
// only confuse newcomers who run the demo.
console.warn = (...words: unknown[]): void => {
  if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
};

/** The certified authorization server, imported without its message about the Node version. */
export const { default: OidcProvider } = await import('oidc-provider');

console.warn = warn;
