const { warn } = console;

// oidc-provider tells on import that it wants Node 22. All that is used here is tested on Node 20, and a newcomer who
// runs the demo should not have to wonder about it.
console.warn = (...words: unknown[]): void => {
  if (!String(words[0]).includes('Unsupported runtime')) warn(...words);
};

/** The certified authorization server, imported without its advice on the version of Node. */
export const { default: OidcProvider } = await import('oidc-provider');

console.warn = warn;
