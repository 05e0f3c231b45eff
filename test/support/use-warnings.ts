/** Collects the console warnings of each test of the calling `describe`, and keeps them out of the log. */
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
