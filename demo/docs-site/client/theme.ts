/**
 * Applies the stored theme before anything is drawn, so it is loaded without `defer`. The demo stores the theme in a
 * cookie that its server reads; a static site has the storage of the page alone.
 */
const KEY = 'theme';

const readCookie = (): string | undefined => /(?:^|; )theme=(light|dark|system)/.exec(document.cookie)?.[1];

function readStorage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // the storage is blocked
  }
}

function store(theme: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every engine yet
  if (readCookie()) document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds for this page.
  }
}

const root = document.documentElement;
root.dataset['theme'] = readCookie() ?? readStorage() ?? 'system';
root.dataset['scripts'] = '';

document.addEventListener('DOMContentLoaded', () => {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name="theme"]')) {
    input.checked = input.value === root.dataset['theme'];
    input.addEventListener('change', () => {
      root.dataset['theme'] = input.value;
      store(input.value);
    });
  }
});
