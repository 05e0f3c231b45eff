import { ALL_EVENT_NAMES } from '../../../src/events/event-names.js';

const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

/** Writes each event with its detail into the panel, newest first. */
export function logEvents(): void {
  const log = document.querySelector('#event-log');
  if (log === null) return;
  for (const type of ALL_EVENT_NAMES) {
    document.addEventListener(type, (event) => log.prepend(entryOf(event as CustomEvent<unknown>)));
  }
  document.querySelector('#clear-events')?.addEventListener('click', () => log.replaceChildren());
}

function entryOf(event: CustomEvent<unknown>): HTMLLIElement {
  const entry = document.createElement('li');
  const heading = document.createElement('p');
  heading.append(textOf('strong', event.type), textOf('time', time.format(Date.now())));
  entry.append(heading, textOf('pre', JSON.stringify(event.detail, null, 2)));
  return entry;
}

function textOf(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
