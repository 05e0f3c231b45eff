import { expect } from '@open-wc/testing';
import { mountWithMenu } from '../support/account-menu-harness.js';
import { typesOf } from '../support/expect-events.js';
import { httpFailure } from '../support/memory-client.js';

describe('Disconnect', () => {
  it('Disconnect asks first, with the focus on the answer that changes nothing', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Disconnect');
    expect(menu.harness.part('confirm')?.textContent).to.contain('Disconnect octocat?');
    expect(menu.focused).to.equal('Cancel');
    expect(menu.harness.client.count('delete')).to.equal(0);
  });

  it("Disconnect is done after the user's consent and the server's confirmation", async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Disconnect');
    await menu.choose('Disconnect');
    await menu.harness.reaches('ready');
    await menu.rest();
    expect(typesOf(menu.harness.events)).to.deep.equal(['account-disconnect-start', 'account-disconnected']);
    expect(menu.focused).to.equal('trigger');
    expect(menu.harness.text('status')).to.equal('octocat is disconnected.');
  });

  it('Disconnect ignores the second half of a double click on the item', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Disconnect');
    const confirm = menu.panel?.querySelector('[data-action=disconnect]');
    confirm?.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true }));
    await menu.rest();
    expect([menu.kind, menu.harness.client.count('delete')]).to.deep.equal(['confirm', 0]);
  });

  it('Disconnect is not done after Cancel, or when the page prevents it', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Disconnect');
    await menu.choose('Cancel');
    expect([menu.kind, menu.focused]).to.deep.equal([null, 'menu-button']);
    menu.harness.element.addEventListener('account-disconnect-start', (event) => event.preventDefault());
    await menu.open();
    await menu.choose('Disconnect');
    await menu.choose('Disconnect');
    expect(menu.harness.client.count('delete')).to.equal(0);
    expect(menu.harness.phase).to.equal('connected');
  });

  it("disconnect() resolves with the server's confirmation, and ten calls send one request", async () => {
    const { harness } = await mountWithMenu();
    harness.client.next('delete', () => Promise.reject(httpFailure(500, 'internal_error')));
    expect(await harness.element.disconnect()).to.equal(false);
    expect(harness.element.error?.code).to.equal('internal_error');
    const answers = await Promise.all(Array.from({ length: 10 }, () => harness.element.disconnect()));
    expect(answers.filter(Boolean)).to.have.length(1);
    expect(harness.client.count('delete')).to.equal(2);
    expect(harness.element.error).to.equal(null);
  });
});

describe('Rename', () => {
  it('Rename shows the current name and saves another', async () => {
    const menu = await mountWithMenu({ alias: 'work' });
    await menu.open();
    await menu.choose('Rename');
    expect([menu.input.value, menu.focused]).to.deep.equal(['work', 'alias']);
    await menu.rename('  home ');
    await menu.asked('update');
    expect(menu.harness.element.account?.alias).to.equal('home');
    expect(menu.harness.events.map(({ detail }) => detail.change)).to.deep.equal(['renamed']);
    expect([menu.kind, menu.focused]).to.deep.equal([null, 'menu-button']);
  });

  for (const [what, name, refusal, words] of [
    ['taken', 'work', httpFailure(409, 'alias_taken'), 'already has this name'],
    ['of 300 characters', 'x'.repeat(300), null, 'up to 255 characters'],
  ] as const) {
    it(`Rename reports on the field that a name is ${what}, keeps it, and accepts another`, async () => {
      const menu = await mountWithMenu();
      if (refusal) menu.harness.client.next('update', () => Promise.reject(refusal));
      await menu.open();
      await menu.choose('Rename');
      await menu.rename(name);
      expect([menu.kind, menu.input.value]).to.deep.equal(['rename', name]);
      expect(menu.input.getAttribute('aria-invalid')).to.equal('true');
      expect(menu.panel?.querySelector(`#${menu.input.getAttribute('aria-describedby')}`)?.textContent).to.contain(
        words,
      );
      expect(menu.harness.text('error')).to.equal('');
      await menu.rename('home');
      expect(menu.kind).to.equal(null);
      expect(menu.harness.element.account?.alias).to.equal('home');
    });
  }

  it('Rename stays open at a click elsewhere and closes at Escape', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Rename');
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await menu.rest();
    expect(menu.kind).to.equal('rename');
    menu.input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await menu.rest();
    expect(menu.kind).to.equal(null);
    expect(menu.harness.client.count('update')).to.equal(0);
  });

  it('Rename leaves Escape to an input method that composes the name', async () => {
    const menu = await mountWithMenu();
    await menu.open();
    await menu.choose('Rename');
    const composed = { keyCode: 229, bubbles: true, composed: true };
    menu.input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', ...composed }));
    await menu.rest();
    expect(menu.kind).to.equal('rename');
  });

  it('Rename treats markup in a name as text', async () => {
    const menu = await mountWithMenu({ displayName: null, alias: null });
    await menu.open();
    await menu.choose('Rename');
    await menu.rename('<img src=x onerror=alert(1)>{app}');
    expect(menu.harness.text('identity')).to.equal('<img src=x onerror=alert(1)>{app}');
    await menu.open();
    await menu.choose('Disconnect');
    expect(menu.harness.part('confirm')?.textContent).to.contain('<img src=x onerror=alert(1)>{app}');
  });
});
