import { expect } from '@open-wc/testing';
import { isWebView } from '../../src/browser/attempt-ports.js';
import { isSandboxed, refusesWindows } from '../../src/browser/page-limits.js';

const ANDROID = 'Mozilla/5.0 (Linux; Android 15; Pixel 9';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('the limits of the page', () => {
  it('a top-level page is not sandboxed', () => {
    expect(isSandboxed()).to.equal(false);
    expect(refusesWindows(true)).to.equal(false);
  });

  for (const [userAgent, expected] of [
    [`${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36`, false],
    [`${ANDROID}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/150.0.0.0 Mobile Safari/537.36`, true],
    [`${IPHONE} Version/18.5 Mobile/15E148 Safari/604.1`, false],
    [`${IPHONE} CriOS/150.0.0.0 Mobile/15E148 Safari/604.1`, false],
    [`${IPHONE} Mobile/15E148`, true],
    [`${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/500.0]`, true],
    [`${IPHONE} Mobile/15E148 Instagram 380.0`, true],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      false,
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', false],
  ] as const) {
    it(`isWebView takes this for ${expected ? 'an app' : 'a browser'}: ${userAgent.slice(12)}`, () => {
      expect(isWebView(userAgent)).to.equal(expected);
    });
  }
});
