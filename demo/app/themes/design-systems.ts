import { html, raw } from 'hono/html';
import type { Markup } from '../page-layout.js';

/** Light or dark. */
export type Scheme = 'light' | 'dark';

/** A design system with its own buttons, served from its package. */
export interface DesignSystem {
  readonly title: string;
  /** Style sheets and module scripts of its pages. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  /** Attributes of the root element by which its pages choose light or dark. */
  root(scheme: Scheme): string;
  /** The size of our element beside its buttons. */
  readonly size: 'small' | 'medium' | 'large';
  /** Its primary and its plain button. */
  readonly primary: Markup;
  readonly outline: Markup;
}

/** By the name of the preset, `dist/themes/<name>.css`. */
export const DESIGN_SYSTEMS = {
  bootstrap: {
    title: 'Bootstrap 5',
    styles: ['/systems/bootstrap/css/bootstrap.min.css'],
    scripts: [],
    root: (scheme) => `data-bs-theme="${scheme}"`,
    size: 'medium',
    primary: html`<button type="button" class="btn btn-primary">Save changes</button>`,
    outline: html`<button type="button" class="btn btn-outline-secondary">Cancel</button>`,
  },
  shadcn: {
    title: 'shadcn/ui',
    styles: ['/styles/systems/shadcn.css'],
    scripts: [],
    root: (scheme) => `class="${scheme}"`,
    size: 'medium',
    primary: html`<button type="button" class="button button-default">Save changes</button>`,
    outline: html`<button type="button" class="button button-outline">Cancel</button>`,
  },
  material: {
    title: 'Material 3',
    styles: ['/styles/systems/material.css'],
    scripts: ['/systems/material.js'],
    root: (scheme) => `class="${scheme}"`,
    size: 'medium',
    primary: html`<md-filled-button>Save changes</md-filled-button>`,
    outline: html`<md-outlined-button>Cancel</md-outlined-button>`,
  },
  webawesome: {
    title: 'Web Awesome',
    styles: ['/systems/webawesome/styles/webawesome.css'],
    scripts: ['/systems/webawesome/components/button/button.js'],
    root: (scheme) => `class="wa-${scheme}"`,
    size: 'medium',
    primary: html`<wa-button variant="brand">Save changes</wa-button>`,
    outline: html`<wa-button appearance="outlined">Cancel</wa-button>`,
  },
  primer: {
    title: 'Primer',
    styles: [
      '/systems/primitives/primitives.css',
      '/systems/primitives/functional/themes/light.css',
      '/systems/primitives/functional/themes/dark.css',
      '/systems/primer/primer.css',
    ],
    scripts: [],
    root: (scheme) => `data-color-mode="${scheme}" data-light-theme="light" data-dark-theme="dark"`,
    size: 'medium',
    primary: html`<button type="button" class="btn btn-primary">Save changes</button>`,
    outline: html`<button type="button" class="btn">Cancel</button>`,
  },
} as const satisfies Record<string, DesignSystem>;

export type SystemName = keyof typeof DESIGN_SYSTEMS;

/** The names of all. */
export const SYSTEM_NAMES = Object.keys(DESIGN_SYSTEMS) as readonly SystemName[];

/** Returns whether a text names a design system. */
export function isSystemName(text: string | undefined): text is SystemName {
  return text !== undefined && Object.hasOwn(DESIGN_SYSTEMS, text);
}

/** Who connects, and where. */
export interface SystemVisit {
  readonly scheme: Scheme;
  readonly userId: string;
  readonly endpoint: string;
}

/** A page of a design system, which shows its buttons and our elements with its preset. */
export function systemPage(name: SystemName, { scheme, userId, endpoint }: SystemVisit): Markup {
  const { title, styles, scripts, root, size, primary, outline }: DesignSystem = DESIGN_SYSTEMS[name];
  const of = (authConfig: string) => raw(`user-id="${userId}" endpoint="${endpoint}" auth-config-id="${authConfig}"`);
  return html`<!doctype html>
    <html lang="en" ${raw(root(scheme))}>
      <head>
        <meta charset="utf-8" />
        <title>${title}, ${scheme}</title>
        <link rel="icon" href="/favicon.svg" />
        ${styles.map((href) => html`<link rel="stylesheet" href="${href}" />`)}
        <link rel="stylesheet" href="/styles/systems/frame.css" />
        <link rel="stylesheet" href="/connect-account/themes/${name}.css" />
        <script type="module" src="/connect-account/cdn/connect-account.js"></script>
        ${scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
      </head>
      <body data-scheme="${scheme}">
        <div class="pair" id="primary">
          ${primary}
          <connect-account variant="primary" size="${size}" ${of('ac_notion')}></connect-account>
        </div>
        <div class="pair" id="outline">
          ${outline}
          <connect-account size="${size}" ${of('ac_notion')}></connect-account>
        </div>
        <connected-accounts-list user-id="${userId}" endpoint="${endpoint}"></connected-accounts-list>
      </body>
    </html>`;
}
