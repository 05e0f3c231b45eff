const REGIONS = '[role="status"], [role="alert"], [aria-live]';

/**
 * Records what a screen reader is told of an element by its live regions, from now on: each text that comes into a region,
 * once the element has rested. The role is before it, because an alert interrupts.
 */
export function recordAnnouncements(element: HTMLElement): readonly string[] {
  const root = element.shadowRoot;
  if (!root) throw new Error('The element has not been rendered.');
  const heard: string[] = [];
  const last = new Map<Element, string>();
  for (const region of root.querySelectorAll(REGIONS)) last.set(region, textOf(region));
  const look = () => {
    const regions = root.querySelectorAll(REGIONS);
    for (const region of regions) {
      const text = textOf(region);
      // A region that comes with its text is not announced, but one that comes in a dialog is read with it.
      const isNew = text !== (last.get(region) ?? '');
      last.set(region, text);
      if (isNew && text !== '') heard.push(`${region.getAttribute('role')}: ${text}`);
    }
  };
  new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
  return heard;
}

function textOf(region: Element): string {
  return (region.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}
