import { CALLBACK_PAGE_SCRIPT } from './callback-page-script.js';

/** Centered, for light and dark schemes, without external fonts or images. */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText;font:1rem/1.5 system-ui,sans-serif}
main{display:grid;justify-items:center;gap:1rem;max-width:22rem;padding:2rem;text-align:center}
p{margin:0;text-wrap:balance}
span{display:grid;place-items:center;box-sizing:border-box;inline-size:2rem;block-size:2rem;border-radius:50%;font-weight:600}
[data-connect-account-phase=working] span{border:3px solid color-mix(in srgb,CanvasText 18%,transparent);border-block-start-color:CanvasText;animation:turn .8s linear infinite}
[data-connect-account-phase=done] span,html:not([data-connect-account-phase]) span{display:none}
[data-connect-account-phase=failed] span{background:light-dark(#b3261e,#ffb4ab);color:light-dark(#fff,#690005)}
[data-connect-account-phase=failed] span::after{content:"!"}
@keyframes turn{to{rotate:1turn}}
@media (prefers-reduced-motion:reduce){span{animation:none!important}}
@media (forced-colors:active){span{border:2px solid CanvasText}}
`;

/** The text stands there until the script replaces it. It is what the user sees where a proxy blocks the script. */
const html = (scriptPath: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title data-connect-account-message>Return to the app</title>
<style>${STYLE}</style>
<main><span aria-hidden="true"></span><p role="status" dir="auto" data-connect-account-message>Return to the app. If nothing is connected there, turn on JavaScript, connect again, and tell the app’s support team if that does not help.</p></main>
<script src="${scriptPath}"></script>
</html>
`;

/**
 * Returns the callback page. It is static, so that nothing from its URL can end up in it. It has no
 * `Cross-Origin-Opener-Policy`, which would disconnect it from the page that opened it. Its script is a file of its own: a
 * second policy from a proxy often allows those of this origin, and never an inline script.
 *
 * @param scriptPath the public path of {@link callbackScript}. It is absolute, because the page's own may end with a slash.
 */
export async function callbackPage(scriptPath: string): Promise<Response> {
  return new Response(html(scriptPath), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        "script-src 'self'",
        `style-src ${await sourceHash(STYLE)}`,
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join('; '),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Returns the script of the callback page. */
export function callbackScript(): Response {
  return new Response(CALLBACK_PAGE_SCRIPT, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** Returns the source's hash for a policy. @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
async function sourceHash(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
