const SHOWN_MS = 2000;

/** Makes each button with `data-copies` copy the text of the element with that id, and say so. */
export function copyOnClick(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copies]')) {
    const words = button.textContent;
    button.addEventListener('click', () => {
      const text = document.querySelector(`#${button.dataset['copies']}`)?.textContent ?? '';
      navigator.clipboard.writeText(text).then(
        () => say(button, 'Copied', words),
        () => say(button, 'Select and copy it', words),
      );
    });
  }
}

function say(button: HTMLButtonElement, text: string, usual: string | null): void {
  button.textContent = text;
  setTimeout(() => {
    button.textContent = usual;
  }, SHOWN_MS);
}
