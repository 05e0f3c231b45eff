import { isWebView } from '../browser/attempt-ports.js';
import { isSandboxed, tolerate } from '../browser/page-limits.js';
import type { DoctorCheck } from './report.js';

/** `<connect-account>`, by the properties that are read here. */
interface ElementOnPage extends Element {
  readonly userId?: string;
  readonly authConfigId?: string;
}

const LOGOS = 'https://logos.composio.dev';
const OPENER_POLICIES = ['unsafe-none', 'same-origin', 'same-origin-allow-popups', 'noopener-allow-popups'];

/** Checks what needs no request: the elements, the context, storage, windows. */
export function checkPage(): DoctorCheck[] {
  return [checkElements(), checkSecureContext(), checkStorage(), checkPopups()];
}

function checkElements(): DoctorCheck {
  const check = { id: 'elements', title: 'Elements' } as const;
  const found = [...document.querySelectorAll<ElementOnPage>('connect-account, connected-accounts-list')];
  if (found.length === 0) {
    return {
      ...check,
      outcome: 'skipped',
      found: 'There is no element in the document (shadow roots are not searched).',
    };
  }
  const undefinedTag = found.find(({ localName }) => customElements.get(localName) === undefined)?.localName;
  if (undefinedTag) {
    const fix = 'Load connect-account/define.js or connect-account.min.js, and look for its error in the console.';
    return { ...check, outcome: 'failed', found: `<${undefinedTag}> is not defined.`, fix };
  }
  const isIncomplete = (one: ElementOnPage) =>
    !one.userId || (one.localName === 'connect-account' && !one.authConfigId);
  const incomplete = found.filter(isIncomplete).length;
  if (incomplete > 0) {
    const fix =
      'Set user-id, and auth-config-id on <connect-account>. React and Vue write them with hyphens in templates.';
    return { ...check, outcome: 'failed', found: `${incomplete} of ${found.length} elements lack an attribute.`, fix };
  }
  return { ...check, outcome: 'ok', found: `${found.length} on the page, defined and complete.` };
}

function checkSecureContext(): DoctorCheck {
  const check = { id: 'secure-context', title: 'Secure context' } as const;
  if (isSecureContext) return { ...check, outcome: 'ok', found: 'The page is served by https, or from this machine.' };
  const fix = 'Serve the page by https. For development use localhost and not the name or address of the machine.';
  return { ...check, outcome: 'failed', found: 'The browser offers no cryptography here.', fix };
}

function checkStorage(): DoctorCheck {
  const check = { id: 'storage', title: 'Storage and messages' } as const;
  const missing = [
    ...(canStore(() => localStorage) ? [] : ['localStorage']),
    ...(canStore(() => sessionStorage) ? [] : ['sessionStorage']),
    ...(typeof BroadcastChannel === 'function' ? [] : ['BroadcastChannel']),
  ];
  if (missing.length === 0) return { ...check, outcome: 'ok', found: 'The page can store and send what it needs.' };
  const fix = 'Allow storage for this site. In a sandboxed frame add allow-same-origin.';
  return { ...check, outcome: 'warning', found: `Denied: ${missing.join(', ')}.`, fix };
}

function canStore(storage: () => Storage): boolean {
  const key = 'connect-account:doctor';
  return (
    tolerate(() => {
      storage().setItem(key, '1');
      storage().removeItem(key);
      return true;
    }) ?? false
  );
}

function checkPopups(): DoctorCheck {
  const check = { id: 'popup', title: 'Windows' } as const;
  if (isSandboxed()) {
    const fix =
      'Add allow-popups and allow-popups-to-escape-sandbox to the sandbox of the frame, or set mode="redirect".';
    return { ...check, outcome: 'failed', found: 'The frame around this page is sandboxed.', fix };
  }
  if (isWebView()) {
    const fix = 'Open the page in the browser of the system: providers refuse to sign people in within a web view.';
    return { ...check, outcome: 'failed', found: 'This is the web view of an app.', fix };
  }
  if (window !== window.top) {
    return { ...check, outcome: 'ok', found: 'The page is in a frame, which lets windows open as far as can be seen.' };
  }
  return { ...check, outcome: 'ok', found: 'A click may open a window. A popup blocker only shows itself at a click.' };
}

/** Checks the policies that this page was sent with, by a second request for its headers. */
export async function checkPolicies(): Promise<DoctorCheck[]> {
  const headers = await fetch(location.href, { method: 'HEAD' }).then(
    (response) => response.headers,
    () => new Headers(),
  );
  const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[http-equiv="content-security-policy" i]')];
  const policies = [headers.get('content-security-policy') ?? '', ...metas.map(({ content }) => content)];
  return [checkContentPolicy(policies.filter((policy) => policy !== '')), checkOpenerPolicy(headers)];
}

/** Returns the sources of a directive in one policy, or undefined. */
function sourcesOf(policy: string, directive: string): readonly string[] | undefined {
  const found = policy.split(/[;,]/).map((part) => part.trim().split(/\s+/));
  return found.find(([name = '']) => name.toLowerCase() === directive)?.slice(1);
}

function checkContentPolicy(policies: readonly string[]): DoctorCheck {
  const check = { id: 'page-policy', title: 'Content-Security-Policy of this page' } as const;
  const lacksLit = policies.some((policy) => {
    const names = sourcesOf(policy, 'trusted-types');
    return names !== undefined && !names.includes('lit-html') && !names.includes('*');
  });
  if (lacksLit) {
    const fix = "Add lit-html to trusted-types; with a second copy of Lit on the page, 'allow-duplicates' too.";
    return { ...check, outcome: 'failed', found: 'trusted-types does not name lit-html, so nothing is drawn.', fix };
  }
  const blocksLogos = policies.some((policy) => {
    const sources = sourcesOf(policy, 'img-src') ?? sourcesOf(policy, 'default-src');
    return sources !== undefined && !sources.some((source) => ['*', 'https:', LOGOS].includes(source));
  });
  if (blocksLogos) {
    const fix = `Add ${LOGOS} to img-src, or give the elements a picture in the slot "icon".`;
    return { ...check, outcome: 'warning', found: 'Logos of apps are blocked; a letter stands in their place.', fix };
  }
  const found = policies.length === 0 ? 'There is none, as far as can be read.' : 'It lets the elements work.';
  return { ...check, outcome: 'ok', found };
}

function checkOpenerPolicy(headers: Headers): DoctorCheck {
  const check = { id: 'opener-policy', title: 'Cross-Origin-Opener-Policy of this page' } as const;
  const policy = headers.get('cross-origin-opener-policy')?.split(';', 1)[0]?.trim();
  if (policy === undefined) return { ...check, outcome: 'ok', found: 'There is none.' };
  const name = OPENER_POLICIES.find((known) => known === policy) ?? 'a value that is not known';
  return {
    ...check,
    outcome: 'ok',
    found: `It is ${name}. The elements work with it; only the callback page must not have one.`,
  };
}
