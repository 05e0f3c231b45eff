import type { ReactiveController, ReactiveElement } from 'lit';

/** The most that the words below a trigger take: 20rem for text of 14 px. */
const MAX_WIDTH = 'calc(320em / 14)';

/** The words touch the edge of a row, but for what rounding and a hairline take. */
const AT_EDGE_PX = 8;

/** The left and the right edge of a box. */
interface Edges {
  readonly left: number;
  readonly right: number;
}

/**
 * Lets the words below a trigger be wider than the trigger, where the page has room: from its start on, or up to its end
 * where it stands at the end of a row. A style sheet cannot know the boxes around the element.
 */
export class RoomController implements ReactiveController {
  readonly #host: ReactiveElement;
  #observer: ResizeObserver | null = null;
  #box: Element | null = null;
  #width = 0;

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdated(): void {
    const details = this.#host.renderRoot.querySelector<HTMLElement>('.details');
    if (details?.querySelector('.said')) this.#place(details);
    else this.#watch(null);
  }

  hostDisconnected(): void {
    this.#watch(null);
  }

  #place(details: HTMLElement): void {
    const box = boxAround(this.#host, details.offsetWidth);
    this.#watch(box);
    const { left, right } = contentEdges(box);
    const own = details.getBoundingClientRect();
    const isMirrored = getComputedStyle(details).direction === 'rtl';
    const [after, before] = isMirrored ? [own.right - left, right - own.left] : [right - own.left, own.right - left];
    details.style.setProperty('--_room', MAX_WIDTH);
    const wanted = (details.firstElementChild as HTMLElement).offsetWidth;
    const isAtEnd = before > after && (wanted > after || after - own.width < AT_EDGE_PX);
    details.toggleAttribute('data-end', isAtEnd);
    const room = Math.max(own.width, isAtEnd ? before : after);
    details.style.setProperty('--_room', `min(${MAX_WIDTH}, ${Math.floor(room)}px)`);
  }

  #watch(box: Element | null): void {
    if (box === this.#box) return;
    this.#box = box;
    this.#observer?.disconnect();
    if (!box || typeof ResizeObserver === 'undefined') return;
    this.#width = box.clientWidth;
    // In the next frame, because the words change the height of the box, which is an error while it is being observed.
    this.#observer ??= new ResizeObserver(() => requestAnimationFrame(() => this.#onResize()));
    this.#observer.observe(box);
  }

  #onResize(): void {
    const width = this.#box?.clientWidth ?? this.#width;
    if (width !== this.#width) this.#host.requestUpdate();
    this.#width = width;
  }
}

/** Returns the nearest box around an element that is wider than it, or that a user sees: by its padding, border or scroll bar. */
function boxAround(element: Element, width: number): Element {
  const parent = element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  if (!parent) return document.documentElement;
  const { display, overflowX, borderLeftWidth, borderRightWidth } = getComputedStyle(parent);
  const isBox = display !== 'contents' && display !== 'inline';
  const { left, right } = contentEdges(parent);
  const isSeen = overflowX !== 'visible' || borderLeftWidth !== '0px' || borderRightWidth !== '0px';
  const isPadded = right - left + 1 < parent.clientWidth;
  return isBox && (right - left > width + 1 || isSeen || isPadded) ? parent : boxAround(parent, width);
}

function contentEdges(box: Element): Edges {
  const { paddingLeft, paddingRight } = getComputedStyle(box);
  const start = box.getBoundingClientRect().left + box.clientLeft;
  return {
    left: start + Number.parseFloat(paddingLeft),
    right: start + box.clientWidth - Number.parseFloat(paddingRight),
  };
}
