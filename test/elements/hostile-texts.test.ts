import { expect, waitUntil } from '@open-wc/testing';
import { ConnectError, connectErrorInfo } from '../../src/core/model/connect-error.js';
import { mountLoaded } from '../support/connect-account-harness.js';
import { authConfig } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const MARKUP =
  '<img src="/hostile.png" onerror="globalThis.attacked = true"><a href="javascript:attacked = 1">x</a>{app}';
/** Addresses that a page must not load or link to. */
const HOSTILE_URLS = [
  'javascript:globalThis.attacked = true',
  ' \tJAVASCRIPT:globalThis.attacked = true',
  'data:text/html,<script>globalThis.attacked = true</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="attacked = true"/>',
  'http://hostile.invalid/logo.png',
];

const FIELD = {
  name: 'api_key',
  displayName: MARKUP,
  description: `A hint: ${MARKUP}`,
  type: 'string',
  required: true,
};

/** A form whose every text and address comes from somebody hostile, after the backend has refused its answers. */
async function mountForm(url: string) {
  const config = authConfig({
    authScheme: 'API_KEY',
    authHintUrl: url,
    toolkit: { slug: 'github', name: MARKUP, logo: url },
    fields: [FIELD, { ...FIELD, name: 'region', default: MARKUP, required: false }],
  });
  const harness = await mountLoaded({ configs: [config] });
  const fieldErrors = { api_key: MARKUP, region: MARKUP };
  harness.client.next('initiate', () =>
    Promise.reject(new ConnectError(connectErrorInfo('invalid_credentials', MARKUP, { status: 422, fieldErrors }))),
  );
  harness.trigger.click();
  await harness.reaches('collecting-credentials');
  const root = harness.element.renderRoot;
  for (const input of root.querySelectorAll<HTMLInputElement>('[data-field]')) input.value ||= 'key';
  harness.click('submit');
  const errors = () => [...root.querySelectorAll('[part="field-error"]')].map(({ textContent }) => textContent);
  await waitUntil(() => errors().every(Boolean), 'both errors');
  return root;
}

describe('texts and addresses from somebody hostile', () => {
  usePopups();

  for (const url of HOSTILE_URLS) {
    it(`names, fields and errors with markup are text, and nothing leads to or is loaded from ${url}`, async () => {
      performance.clearResourceTimings();
      const root = await mountForm(url);
      const parts = ['field-label', 'field-hint', 'field-error'].map((part) => root.querySelector(`[part="${part}"]`));
      for (const part of parts) expect(part?.textContent).to.contain(MARKUP);
      expect(root.querySelector<HTMLInputElement>('[data-field="region"]')?.value).to.equal(MARKUP);
      expect(root.querySelector('.panel-title')?.textContent).to.contain(MARKUP);
      expect([...root.querySelectorAll('a, img, script, iframe, [onerror]')]).to.deep.equal([]);
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      expect(loaded.filter((name) => name.includes('hostile'))).to.deep.equal([]);
      expect('attacked' in globalThis).to.equal(false);
    });
  }
});
