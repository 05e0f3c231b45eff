/** Scrolls the navigation, which may be wider than a phone, so that the current page is seen in it. */
export function showCurrentPlace(): void {
  document.querySelector('.places [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
