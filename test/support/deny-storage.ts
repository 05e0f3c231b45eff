/**
 * Makes both storages throw when they are accessed, as in a page without storage. Returns a function that restores
 * them.
 */
export function denyStorage(): () => void {
  const restore = (['localStorage', 'sessionStorage'] as const).map((name) => {
    const original = Object.getOwnPropertyDescriptor(window, name);
    Object.defineProperty(window, name, {
      configurable: true,
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
    return () => original && Object.defineProperty(window, name, original);
  });
  return () => {
    for (const one of restore) one();
  };
}
