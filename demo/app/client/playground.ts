import type { ConnectAccount, ConnectedAccountsList } from '../../../src/index.js';
import { copyOnClick } from './copy-on-click.js';
import { type Setup, SNIPPETS } from './snippets.js';
import { whenDrawn } from './when-drawn.js';

/** The playground: the controls set the element, its code and the address of the page. */
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Shown = ConnectAccount | ConnectedAccountsList;

const form = document.querySelector<HTMLFormElement>('#controls');
const stage = document.querySelector<HTMLElement>('#stage');
const code = document.querySelector<HTMLElement>('#snippet');
const phase = document.querySelector<HTMLElement>('#phase');

const TOKEN = "() => fetch('/session/token', { method: 'POST' }).then((response) => response.text())";
const fetchToken = async (): Promise<string> => (await fetch('/session/token', { method: 'POST' })).text();

/** The text of a control. A checkbox is on or empty. */
function read(control: Control): string {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked ? 'on' : '';
  return control.value.trim();
}

function write(control: Control, text: string): void {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = text === 'on';
  else control.value = text;
}

/** Returns the object that a control holds, or undefined for an empty one and for text that is none. */
function readObject(control: Control): Record<string, unknown> | undefined {
  const text = read(control);
  control.setCustomValidity('');
  if (text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  control.setCustomValidity('Write an object in JSON, like {"connectApp": "Link {app}"}.');
  control.reportValidity();
  return undefined;
}

function controls(target: string): Control[] {
  return form ? [...form.querySelectorAll<Control>(`[data-target="${target}"]`)] : [];
}

/** Whether a control says something that the element does not do by itself. */
const isChanged = (control: Control): boolean => read(control) !== '' && read(control) !== control.dataset['usual'];

function setupOf(tag: string): Setup {
  return {
    tag,
    attributes: controls('attribute')
      .filter(isChanged)
      .map((control) => ({
        name: control.name,
        property: control.dataset['property'] ?? '',
        kind: control.dataset['kind'] ?? '',
        value: read(control),
      })),
    objects: controls('property').flatMap((control) => {
      const property = control.name;
      if (control.dataset['kind'] === 'token') return read(control) ? [{ property, code: TOKEN }] : [];
      const object = readObject(control);
      return object === undefined ? [] : [{ property, code: JSON.stringify(object, null, 2) }];
    }),
    slots: controls('slot')
      .filter((control) => read(control) !== '')
      .map((control) => ({ name: control.name, text: read(control) })),
  };
}

function applyTo(element: Shown, { slots }: Setup): void {
  for (const control of controls('attribute')) {
    if (!isChanged(control)) element.removeAttribute(control.name);
    else element.setAttribute(control.name, control.dataset['kind'] === 'flag' ? '' : read(control));
  }
  for (const control of controls('property')) {
    const value = control.dataset['kind'] === 'token' ? read(control) && fetchToken : readObject(control);
    Reflect.set(element, control.name, value || undefined);
  }
  element.replaceChildren(
    ...slots.map(({ name, text }) => {
      if (name === 'default') return document.createTextNode(text);
      const child = document.createElement('span');
      child.slot = name;
      child.textContent = text;
      return child;
    }),
  );
}

/** Keeps attributes and slots in the address. Objects stay out: what is typed there may be private. */
function keepInAddress(): void {
  const query = new URLSearchParams();
  const tag = stage?.dataset['tag'];
  if (tag && tag !== 'connect-account') query.set('element', tag);
  for (const control of [...controls('attribute'), ...controls('slot')]) {
    if (read(control) !== initial.get(control.id)) query.set(control.id, read(control));
  }
  history.replaceState(null, '', query.size > 0 ? `?${query}` : location.pathname);
}

const initial = new Map([...controls('attribute'), ...controls('slot')].map((control) => [control.id, read(control)]));

function showPhase(element: Shown): void {
  if (!phase) return;
  if ('state' in element) phase.textContent = element.state.phase;
  else phase.textContent = element.loading ? 'loading' : `${element.accounts.length} accounts`;
}

function start(stage: HTMLElement, form: HTMLFormElement): void {
  const tag = stage.dataset['tag'] ?? 'connect-account';
  const query = new URLSearchParams(location.search);
  for (const control of [...controls('attribute'), ...controls('slot')]) {
    const text = query.get(control.id);
    if (text !== null) write(control, text);
  }
  const element = document.createElement(tag) as Shown;
  const update = (): void => {
    const setup = setupOf(tag);
    applyTo(element, setup);
    const framework = document.querySelector<HTMLInputElement>('[name="framework"]:checked')?.value ?? 'HTML';
    if (code) code.textContent = SNIPPETS[framework]?.(setup) ?? '';
    keepInAddress();
  };
  update();
  stage.append(element);
  void whenDrawn(element, showPhase);
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields have their new values in the next task.
  form.addEventListener('reset', () => setTimeout(update));
  for (const choice of document.querySelectorAll('[name="framework"]')) choice.addEventListener('change', update);
}

if (stage && form) start(stage, form);
copyOnClick();
