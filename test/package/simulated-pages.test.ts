import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { Window } from 'happy-dom';
import { JSDOM, VirtualConsole } from 'jsdom';

const BODY =
  '<connect-account user-id="user_1" auth-config-id="ac_github">\n</connect-account><connected-accounts-list user-id="user_1"></connected-accounts-list>';

const SCRIPT = readFileSync('dist/connect-account.min.js', 'utf8');

interface SimulatedPage {
  /** Messages of exceptions that nothing caught. */
  readonly exceptions: readonly string[];
  readonly document: Document;
  evaluate(script: string): void;
  close(): void;
}

/** The pages in which a host's unit tests run. */
const PAGES: Readonly<Record<string, () => SimulatedPage>> = {
  jsdom() {
    const exceptions: string[] = [];
    const virtualConsole = new VirtualConsole();
    virtualConsole.on('jsdomError', (error) => exceptions.push(String(error.cause ?? error)));
    const { window } = new JSDOM(`<body>${BODY}`, {
      url: 'https://app.example/',
      runScripts: 'outside-only',
      pretendToBeVisual: true,
      virtualConsole,
    });
    window.fetch = () => Promise.reject(new TypeError('There is no network.'));
    return { exceptions, document: window.document, evaluate: window.eval.bind(window), close: () => window.close() };
  },
  'happy-dom'() {
    const exceptions: string[] = [];
    const window = new Window({
      url: 'https://app.example/',
      settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
    });
    window.addEventListener('error', (event) => exceptions.push(String((event as unknown as ErrorEvent).message)));
    window.document.body.innerHTML = BODY;
    Object.assign(window, { fetch: () => Promise.reject(new TypeError('There is no network.')) });
    return {
      exceptions,
      document: window.document as unknown as Document,
      evaluate: (script) => void window.eval(script),
      close: () => window.close(),
    };
  },
};

describe('a page that a test simulates', () => {
  for (const [name, open] of Object.entries(PAGES)) {
    it(`both elements render in ${name}, follow their properties, and throw nothing`, async () => {
      const page = open();
      page.evaluate(SCRIPT);
      await new Promise((resolve) => setTimeout(resolve, 50));
      const element = page.document.querySelector('connect-account');
      const list = page.document.querySelector('connected-accounts-list');
      assert.ok(element && list);
      assert.match(element.shadowRoot?.querySelector('[part="trigger"]')?.textContent ?? '', /Connect/);
      assert.ok(list.shadowRoot?.querySelector('[part="list"]'));
      assert.equal(element.state.phase, 'loading');
      element.label = 'Link';
      await element.updateComplete;
      assert.match(element.shadowRoot?.querySelector('[part="trigger"]')?.textContent ?? '', /Link|Connect/);
      assert.equal(element.checkValidity(), true);
      element.remove();
      list.remove();
      page.document.body.append(element);
      await element.updateComplete;
      assert.deepEqual(page.exceptions, []);
      page.close();
    });
  }
});
