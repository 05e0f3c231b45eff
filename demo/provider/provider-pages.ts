import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { PROVIDER_LOGINS, type ProviderLogin } from './provider-logins.js';

type Page = HtmlEscapedString | Promise<HtmlEscapedString>;

/** "Sign in to GitHub": one button for each person. */
export function loginPage(service: string, uid: string): Page {
  return page(
    `Sign in to ${service}`,
    html`
      <h1>Sign in to ${service}</h1>
      <p>Choose an account to continue.</p>
      <form method="post" action="/interaction/${uid}/login">
        ${PROVIDER_LOGINS.map(accountButton)}
      </form>
    `,
  );
}

/** "Composio wants access": allow, deny, or use another account. */
export function consentPage(service: string, clientName: string, login: string, uid: string): Page {
  return page(
    `Authorize ${clientName}`,
    html`
      <h1>${clientName} wants access to your ${service} account</h1>
      <p>Signed in as <strong>${login}</strong>.</p>
      <ul class="permissions">
        <li>Read your profile</li>
        <li>Act for you while you are away</li>
      </ul>
      <form method="post" action="/interaction/${uid}/consent">
        <div class="decisions">
          <button name="decision" value="deny">Deny</button>
          <button name="decision" value="allow" class="primary">Authorize</button>
        </div>
        <button name="decision" value="switch" class="quiet">Use another account</button>
      </form>
    `,
  );
}

/** The error page of the provider. */
export function errorPage(description: string): Page {
  return page(
    'Something went wrong',
    html`<h1>Something went wrong</h1>
      <p>${description}</p>
      <p>Close this window and start again.</p>`,
  );
}

function accountButton({ login, email }: ProviderLogin): Page {
  return html`<button name="login" value="${login}" class="account">
    <span class="avatar" aria-hidden="true">${login[0]?.toUpperCase()}</span>
    <span class="person"><strong>${login}</strong><span>${email}</span></span>
  </button>`;
}

function page(title: string, body: Page): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/provider.css" />
      </head>
      <body>
        <main>${body}</main>
        <footer>Demo identity provider. Runs on this machine only.</footer>
      </body>
    </html>`;
}
