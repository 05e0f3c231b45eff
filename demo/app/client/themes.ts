import { copyOnClick } from './copy-on-click.js';

/** The theme builder: the controls write one rule, which both panes follow and which can be copied. */
type Scheme = 'light' | 'dark';
type Theme = ReadonlyMap<string, string>;

const form = document.querySelector<HTMLFormElement>('#theme');
const css = document.querySelector<HTMLElement>('#css');
const sheet = new CSSStyleSheet();
const PAIR = /^light-dark\(\s*(#[\da-f]+)\s*,\s*(#[\da-f]+)\s*\)$/i;
const OWN_VARIABLE = /var\((--connect-account-[\w-]+)(?:,\s*[^()]*)?\)/g;
const MAX_DEPTH = 6;
const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

const texts = (): HTMLInputElement[] =>
  form ? [...form.querySelectorAll<HTMLInputElement>('input[type="text"]')] : [];

function readTheme(): Theme {
  const set = texts().filter(({ value }) => value.trim() !== '');
  return new Map(set.map(({ name, value }) => [name, value.trim()]));
}

/** Writes a rule. A value that would end it is left out. */
function ruleFor(selector: string, theme: Theme): string {
  const lines = [...theme].filter(([name, value]) => CSS.supports(name, value) && !/[{};]/.test(value));
  return `${selector} {\n${lines.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}\n`;
}

/** Puts values in the place of our properties: those of the theme, or the defaults. One that is unknown is transparent. */
function resolve(value: string, depth = 0): string {
  if (depth > MAX_DEPTH) return 'transparent';
  return value.replaceAll(OWN_VARIABLE, (_, name: string) => {
    const text = fieldOf(name);
    return text ? resolve(writtenValue(text), depth + 1) : 'transparent';
  });
}

const writtenValue = (text: HTMLInputElement): string => text.value.trim() || text.placeholder || 'transparent';

function fieldOf(name: string | undefined): HTMLInputElement | null {
  return document.getElementById(name ?? '') as HTMLInputElement | null;
}

/** Returns the color as `#rrggbb` in a scheme, by the engine's own reading of it. */
function hexOf(value: string, scheme: Scheme): string {
  const probe = document.createElement('span');
  probe.style.colorScheme = scheme;
  probe.style.color = 'transparent';
  probe.style.color = resolve(value);
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  if (!paint) return '#000000';
  paint.fillStyle = scheme === 'light' ? '#ffffff' : '#000000';
  paint.fillRect(0, 0, 1, 1);
  paint.fillStyle = color;
  paint.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function showSwatches(): void {
  for (const swatch of form?.querySelectorAll<HTMLInputElement>('input[type="color"]') ?? []) {
    const text = fieldOf(swatch.dataset['for']);
    if (text) swatch.value = hexOf(writtenValue(text), swatch.dataset['scheme'] as Scheme);
  }
}

/** A color that was picked for one scheme leaves the other as it is. */
function pick(swatch: HTMLInputElement): void {
  const text = fieldOf(swatch.dataset['for']);
  if (!text) return;
  const current = writtenValue(text);
  const [, light = hexOf(current, 'light'), dark = hexOf(current, 'dark')] = PAIR.exec(current) ?? [];
  const pair = swatch.dataset['scheme'] === 'light' ? [swatch.value, dark] : [light, swatch.value];
  text.value = `light-dark(${pair.join(', ')})`;
}

function update(): void {
  const theme = readTheme();
  sheet.replaceSync(ruleFor('.pane', theme));
  if (css) css.textContent = ruleFor(':root', theme);
  showSwatches();
}

/** Fills the controls with a preset, as its file says it. */
async function loadPreset(name: string): Promise<void> {
  const source = await (await fetch(`/connect-account/themes/${name}.css`)).text();
  const preset = new CSSStyleSheet();
  await preset.replace(source);
  const [rule] = preset.cssRules;
  if (!(rule instanceof CSSStyleRule)) return;
  for (const text of texts()) text.value = rule.style.getPropertyValue(text.name).trim();
}

async function start(form: HTMLFormElement): Promise<void> {
  document.adoptedStyleSheets.push(sheet);
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement && target.type === 'color') pick(target);
    update();
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  // The fields are empty in the next task.
  form.addEventListener('reset', () => setTimeout(update));
  const preset = document.querySelector<HTMLElement>('[data-preset]')?.dataset['preset'];
  if (preset) await loadPreset(preset);
  update();
  copyOnClick();
}

if (form) void start(form);
