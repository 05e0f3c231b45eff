/** Shows in the page what is printed as a warning or an error, for visitors who have no developer tools open. */
export function showConsole(): void {
  const list = document.querySelector('#console');
  if (list === null) return;
  const write = (text: string): void => {
    const entry = document.createElement('li');
    entry.textContent = text;
    list.append(entry);
  };
  for (const level of ['warn', 'error'] as const) {
    const print = console[level].bind(console);
    console[level] = (...words: unknown[]) => {
      print(...words);
      write(words.map(String).join(' '));
    };
  }
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    write(`The browser blocked ${blockedURI} by ${effectiveDirective}.`),
  );
}
