import { CALLBACK_PAGE_SCRIPT } from './callback-page-script.js';

/** Centered, for light and dark schemes, without external fonts or images. */
const STYLE = `
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:Canvas;color:CanvasText;font:1rem/1.5 system-ui,sans-serif}
main{display:grid;justify-items:center;gap:1rem;max-width:22rem;padding:2rem;text-align:center}
p{margin:0;text-wrap:balance}
span{display:grid;place-items:center;box-sizing:border-box;inline-size:2rem;block-size:2rem;border-radius:50%;font-weight:600}
[data-connect-account-phase=working] span{border:3px solid color-mix(in srgb,CanvasText 18%,transparent);border-block-start-color:CanvasText;animation:turn .8s linear infinite}
[data-connect-account-phase=done] span{display:none}
[data-connect-account-phase=failed] span{background:light-dark(#b3261e,#ffb4ab);color:light-dark(#fff,#690005)}
[data-connect-account-phase=failed] span::after{content:"!"}
@keyframes turn{to{rotate:1turn}}
@media (prefers-reduced-motion:reduce){span{animation:none!important}}
@media (forced-colors:active){span{border:2px solid CanvasText}}
`;

const HTML = `<!doctype html>
<html lang="en" data-connect-account-phase="working">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>Connection</title>
<style>${STYLE}</style>
<main><span aria-hidden="true"></span><p role="status" data-connect-account-message>Finishing…</p></main>
<noscript><p>Turn on JavaScript to finish, or close this window.</p></noscript>
<script>${CALLBACK_PAGE_SCRIPT}</script>
</html>
`;

/**
 * Returns the callback page. It is static, so that nothing from its URL can end up in it. It has no
 * `Cross-Origin-Opener-Policy`, which would disconnect it from the page that opened it.
 */
export async function callbackPage(): Promise<Response> {
  const [scriptHash, styleHash] = await Promise.all([sourceHash(CALLBACK_PAGE_SCRIPT), sourceHash(STYLE)]);
  return new Response(HTML, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        "default-src 'none'",
        `script-src ${scriptHash}`,
        `style-src ${styleHash}`,
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

/** Returns the source's hash for a policy. @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
async function sourceHash(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
