import type { DoctorCheck, DoctorOutcome, DoctorReport } from './report.js';

/** No part of the page's own style reaches in here, and no inline style is needed. */
const STYLE = `
:host {
  all: initial; position: fixed; inset: auto 16px 16px auto; z-index: 2147483647; color-scheme: light dark;
  font: 14px/1.5 system-ui, sans-serif; color: light-dark(#1b1e24, #eceef2);
}
section {
  box-sizing: border-box; inline-size: min(32rem, calc(100vw - 32px)); max-block-size: calc(100vh - 32px); overflow: auto;
  padding: 16px; border: 1px solid light-dark(#d3d7de, #3a3f49); border-radius: 10px;
  background: light-dark(#fff, #1d2026); box-shadow: 0 8px 32px #0003;
}
h2 { margin: 0 0 8px; font-size: 16px; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding-block: 6px; border-block-start: 1px solid light-dark(#e6e9ee, #2c313a); }
b { display: inline-block; min-inline-size: 4.5rem; font-weight: 600; }
.failed b { color: light-dark(#b3261e, #ff9a92); }
.warning b { color: light-dark(#8a4b00, #f5bf61); }
.ok b { color: light-dark(#166b34, #6bd68f); }
p { margin: 2px 0 0 4.5rem; }
footer { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 12px; }
button, textarea { font: inherit; color: inherit; }
button {
  min-block-size: 32px; padding-inline: 12px; border: 1px solid light-dark(#d3d7de, #3a3f49); border-radius: 6px;
  background: transparent; cursor: pointer;
}
:focus-visible { outline: 2px solid light-dark(#2559d6, #8ab0ff); outline-offset: 2px; }
textarea { inline-size: 100%; block-size: 8rem; }
`;

const WORDS: Readonly<Record<DoctorOutcome, string>> = {
  ok: 'OK',
  warning: 'Warning',
  failed: 'Failed',
  skipped: 'Skipped',
};

/**
 * Shows a report in a corner of the page, with buttons that copy it and close it.
 * @param again called by "Run again"
 * @returns the element, which can be removed
 */
export function showReport(report: DoctorReport, again?: () => void): HTMLElement {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];
  const section = create('section');
  section.setAttribute('role', 'dialog');
  section.setAttribute('aria-label', 'connect-account doctor');
  section.tabIndex = -1;
  const list = create('ul');
  list.append(...report.checks.map(drawCheck));
  const footer = create('footer');
  const copy = button('Copy diagnostics', () => void copyText(report.diagnostics, copy, footer));
  footer.append(
    copy,
    ...(again
      ? [
          button('Run again', () => {
            host.remove();
            again();
          }),
        ]
      : []),
    button('Close', () => host.remove()),
  );
  section.append(create('h2', report.ok ? 'Nothing to fix' : 'Something has to be fixed'), list, footer);
  section.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') host.remove();
  });
  root.append(section);
  document.body.append(host);
  section.focus();
  return host;
}

function create<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, text = ''): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = create('button', text);
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

function drawCheck({ title, outcome, found, fix }: DoctorCheck): HTMLLIElement {
  const item = create('li');
  item.className = outcome;
  item.append(create('b', WORDS[outcome]), create('span', title), create('p', found));
  if (fix !== undefined) item.append(create('p', `Fix: ${fix}`));
  return item;
}

/** Copies a text. Where the clipboard is denied, shows it selected instead. */
async function copyText(text: string, pressed: HTMLButtonElement, footer: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    pressed.textContent = 'Copied';
  } catch {
    const area = create('textarea');
    area.readOnly = true;
    area.value = text;
    footer.before(area);
    area.select();
  }
}
