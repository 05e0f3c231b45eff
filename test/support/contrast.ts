type Color = readonly [red: number, green: number, blue: number, alpha: number];

const canvas = document.createElement('canvas');
canvas.width = canvas.height = 1;
const context = canvas.getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;

/** Returns a color of any notation as the browser draws it. */
function parse(color: string): Color {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

function over([red, green, blue, alpha]: Color, ground: Color): Color {
  const mix = (one: number, other: number) => one * alpha + other * (1 - alpha);
  return [mix(red, ground[0]), mix(green, ground[1]), mix(blue, ground[2]), 1];
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance([red, green, blue]: Color): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const parentOf = (element: Element): Element | null =>
  element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

/** Returns the color below an element: its own ground over those of the boxes around it. */
function ground(element: Element | null): Color {
  if (!element) return parse('Canvas');
  const own = parse(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, ground(parentOf(element)));
}

/**
 * Returns the contrast of an element's text, or of another color, to what lies below it.
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function contrastOf(element: Element, color = getComputedStyle(element).color): number {
  const below = ground(element);
  const [high = 0, low = 0] = [luminance(over(parse(color), below)), luminance(below)].sort(
    (one, other) => other - one,
  );
  return Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
}

/** Returns the nearest element, from this one on, that has a ground. */
export function groundOf(element: Element): Element {
  const parent = parentOf(element);
  return parse(getComputedStyle(element).backgroundColor)[3] > 0 || !parent ? element : groundOf(parent);
}
