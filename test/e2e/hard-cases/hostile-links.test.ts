import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { connectSuite, hardCase } from '../../support/connect-suite.js';
import { waitUntil } from '../../support/wait-until.js';

const SCRIPT = 'localStorage.setItem("stolen","yes")';

const HOSTILE: readonly unknown[] = [
  `javascript:${SCRIPT}`,
  `JaVaScRiPt:${SCRIPT}`,
  `\tjavascript:${SCRIPT}`,
  `java\nscript:${SCRIPT}`,
  ` javascript:${SCRIPT}`,
  `\u0001javascript:${SCRIPT}`,
  `javascript://example.com/%0a${SCRIPT}`,
  'data:text/html,<script>1</script>',
  'blob:https://example.com/1',
  'vbscript:1',
  'file:///etc/passwd',
  'about:blank',
  'ftp://example.com/',
  '//evil.example/',
  '/\\evil.example',
  'https:evil.example',
  'https://ok.example@evil.example/',
  'http://evil.example/',
  `https://example.com/${'x'.repeat(9000)}`,
  'https://example.com/\u0000',
  '',
  null,
  42,
  { toString: SCRIPT },
];

describe('a link from a hostile backend', () => {
  const suite = connectSuite();

  hardCase(14, `a hostile link is never opened (${HOSTILE.length} kinds)`, async () => {
    let redirectUrl: unknown;
    await suite.startHost({
      intercept: (request, handle) => {
        if (request.method !== 'POST') return handle(request);
        const expiresAt = new Date(Date.now() + 600_000).toISOString();
        return Response.json({ id: 'ca_hostile', status: 'INITIATED', redirectUrl, expiresAt }, { status: 201 });
      },
    });
    const page = await suite.open();
    const ends: string[] = [];
    for (redirectUrl of HOSTILE) {
      await page.clickTrigger();
      ends.push('account-connect-error');
      await waitUntil(
        async () => (await page.ends()).length === ends.length,
        `an end for ${JSON.stringify(redirectUrl)}`,
      );
      await waitUntil(async () => (await suite.profile.windows()).length === 1, 'the empty window is closed');
    }
    assert.deepEqual(await page.ends(), ends);
    const codes = (await page.events())
      .filter(({ type }) => type === 'account-connect-error')
      .map(({ detail }) => (detail as { error: { code: string } }).error.code);
    assert.deepEqual([...new Set(codes)], ['invalid_response']);
    assert.equal(await page.window.read(() => localStorage.getItem('stolen')), null);
    assert.deepEqual(await page.problems(), []);
  });
});
