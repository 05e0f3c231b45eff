import type { TestRunnerPlugin } from '@web/test-runner';

/**
 * Makes mocha skip the tests without this text in their full title. mocha's own option `grep` leaves them out silently,
 * and web-test-runner counts a test that did not run as failed.
 */
export function onlyTitlePlugin(title: string): TestRunnerPlugin {
  const skipOthers = `
before(function () {
  this.test.parent.eachTest((test) => {
    test.pending ||= !test.fullTitle().includes(${JSON.stringify(title)});
  });
});`;
  return {
    name: 'only-title',
    transform: ({ path, body }) => (path.endsWith('.test.js') ? `${String(body)}${skipOthers}` : undefined),
  };
}
