/** What is warned of in the tests of the `describe` that calls this: kept in the list, for the test that runs, and out of the log. */
export function useWarnings(): string[] {
  const warnings: string[] = [];
  const { warn } = console;
  before(() => {
    console.warn = (...texts) => warnings.push(texts.join(' '));
  });
  afterEach(() => {
    warnings.length = 0;
  });
  after(() => {
    console.warn = warn;
  });
  return warnings;
}
