/** Has both storages throw at their mere mention, as where a page may keep nothing. The answer allows them again. */
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
