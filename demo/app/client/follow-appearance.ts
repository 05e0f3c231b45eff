/** Applies the theme and the direction as they are chosen, and keeps them for the server, which sends them with the page. */
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
