import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { SlotsController } from '../../src/controllers/slots-controller.js';

class SlotsHost extends LitElement {
  readonly slots = new SlotsController(this);

  protected override render() {
    return html`<slot></slot><slot name="icon"></slot>`;
  }
}
customElements.define('slots-host', SlotsHost);

describe('SlotsController', () => {
  it('an element counts as content until the part that looks closely is loaded', async () => {
    const host = await fixture<SlotsHost>(html`<slots-host><p></p><i slot="icon"></i></slots-host>`);
    expect([host.slots.has(''), host.slots.has('icon'), host.slots.hasWords('')]).to.deep.equal([true, true, false]);
    await waitUntil(() => !host.slots.has(''), 'the empty paragraph still counts');
    expect(host.slots.has('icon')).to.equal(false);
  });

  it('white space and comments are no content, and words are, without a close look', async () => {
    const blank = await fixture<SlotsHost>(html`<slots-host> <!-- nothing --> </slots-host>`);
    expect([blank.slots.has(''), blank.slots.hasWords('')]).to.deep.equal([false, false]);
    const words = await fixture<SlotsHost>(html`<slots-host>Connect</slots-host>`);
    expect([words.slots.has(''), words.slots.hasWords('')]).to.deep.equal([true, true]);
  });

  it('a character without a shape is no content', async () => {
    const host = await fixture<SlotsHost>(html`<slots-host>\u200b</slots-host>`);
    await waitUntil(() => !host.slots.has(''), 'the character still counts');
  });
});
