/** Applies the chosen theme and direction at once and stores them for the server, which renders them next time. */
export function followAppearance(): void {
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === 'theme') choose('theme', target.value, (theme) => root.setAttribute('data-theme', theme));
    if (target.name === 'direction')
      choose('direction', target.checked ? 'rtl' : 'ltr', (to) => root.setAttribute('dir', to));
  });
}

const root = document.documentElement;

function choose(name: string, value: string, apply: (value: string) => void): void {
  apply(value);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine yet
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
