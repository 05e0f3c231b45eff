import type { ConnectedAccount } from '../../src/core/model/connection-types.js';

/** The same rows, written by hand with the DOM alone, as a baseline for the element. */
export class PlainList {
  readonly list = document.createElement('ul');
  readonly #rows = new Map<string, HTMLElement>();
  readonly #relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  readonly #absolute = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });
  readonly #disable: (account: ConnectedAccount) => Promise<ConnectedAccount>;

  /** @param disable sends the request to the backend */
  constructor(place: ShadowRoot, disable: (account: ConnectedAccount) => Promise<ConnectedAccount>) {
    this.#disable = disable;
    const frame = element('div', 'frame');
    this.list.className = 'list';
    this.list.setAttribute('role', 'list');
    frame.append(this.list);
    place.append(frame);
  }

  add(accounts: readonly ConnectedAccount[]): void {
    for (const account of accounts) {
      const row = this.#createRow(account);
      this.#rows.set(account.id, row);
      this.list.append(row);
    }
  }

  /** Hides the rows of all other accounts. */
  show(accounts: readonly ConnectedAccount[]): void {
    const shown = new Set(accounts.map(({ id }) => id));
    for (const [id, row] of this.#rows) row.hidden = !shown.has(id);
  }

  #replace(account: ConnectedAccount): void {
    const row = this.#createRow(account);
    this.#rows.get(account.id)?.replaceWith(row);
    this.#rows.set(account.id, row);
  }

  #createRow(account: ConnectedAccount): HTMLElement {
    const row = element('li', 'row', 'row');
    row.tabIndex = -1;
    row.dataset['account'] = account.id;
    const logo = element('span', 'logo', 'logo');
    logo.setAttribute('aria-hidden', 'true');
    logo.append(element('span', 'letter', '', 'G'));
    const who = element('div', 'who');
    who.title = `${account.toolkit.name} · ${account.displayName}`;
    const line = element('div', 'line');
    const identity = element('p', 'identity', 'identity');
    identity.append(element('bdi', '', '', account.displayName ?? ''));
    line.append(identity, this.#createTime(account));
    who.append(element('h3', 'name', 'name', account.toolkit.name ?? ''), line);
    const tail = element('div', 'tail');
    tail.append(createBadge(account), this.#createActions(account));
    row.append(logo, who, tail);
    return row;
  }

  #createTime({ createdAt }: ConnectedAccount): HTMLElement {
    const age = Date.parse(createdAt) - Date.now();
    const time = element('time', 'time', 'time', this.#relative.format(Math.ceil(age / 86_400_000), 'day'));
    time.dir = 'auto';
    time.setAttribute('datetime', createdAt);
    time.title = this.#absolute.format(Date.parse(createdAt));
    return time;
  }

  #createActions(account: ConnectedAccount): HTMLElement {
    const actions = element('div', 'actions', 'actions');
    actions.setAttribute('role', 'group');
    actions.setAttribute('aria-label', `Actions for ${account.displayName}`);
    const offered =
      account.status === 'ACTIVE'
        ? ['reconnect', 'rename', 'disable', 'disconnect']
        : ['enable', 'rename', 'disconnect'];
    for (const name of offered) {
      const look = name === 'enable' ? 'row-action button' : 'row-action icon-button';
      const button = element('button', look, `action action-${name}`) as HTMLButtonElement;
      button.type = 'button';
      button.dataset['action'] = name;
      if (name === 'rename' || name === 'disconnect') {
        button.setAttribute('aria-haspopup', 'dialog');
        button.setAttribute('aria-expanded', 'false');
      }
      if (name !== 'enable') button.append(icon('M13 8a5 5 0 1 1-1.6-3.67M13.25 2.25v2.5h-2.5'));
      button.append(element('span', 'label', '', name));
      button.addEventListener('click', async () => this.#replace(await this.#disable(account)));
      actions.append(button);
    }
    return actions;
  }
}

function createBadge({ status, statusReason }: ConnectedAccount): HTMLElement {
  const badge = element('span', status === 'ACTIVE' ? 'badge success' : 'badge quiet', 'badge');
  badge.title = statusReason ?? '';
  badge.append(icon('m4.9 8.2 2.2 2.2 4-4.6'), element('span', '', '', status));
  return badge;
}

function element(tag: string, className: string, part = '', text = ''): HTMLElement {
  const created = document.createElement(tag);
  if (className) created.className = className;
  if (part) created.setAttribute('part', part);
  if (text) created.textContent = text;
  return created;
}

function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}
