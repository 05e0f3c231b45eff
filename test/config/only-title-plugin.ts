import type { TestRunnerPlugin } from '@web/test-runner';

/**
 * Has mocha skip each test whose full title has not this in it. The option `grep` would leave them out, and
 * web-test-runner takes a test that mocha leaves out for one that failed.
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
