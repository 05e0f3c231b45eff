import { expect } from '@open-wc/testing';
import { registerElement } from '../../src/register-element.js';
import { useWarnings } from '../support/use-warnings.js';

describe('registerElement', () => {
  const warnings = useWarnings();

  it('a free tag is registered', () => {
    class First extends HTMLElement {}
    registerElement('test-first', First);
    expect(customElements.get('test-first')).to.equal(First);
  });

  it('a class that is registered already is left alone, without a warning', () => {
    class Second extends HTMLElement {}
    registerElement('test-second', Second);
    registerElement('test-second', Second);
    expect(warnings).to.deep.equal([]);
  });

  it('the class of another copy stays registered, with a warning', () => {
    class Mine extends HTMLElement {}
    class Theirs extends HTMLElement {}
    customElements.define('test-third', Theirs);
    registerElement('test-third', Mine);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('<test-third> is registered already');
    expect(customElements.get('test-third')).to.equal(Theirs);
  });

  it('the entries register both tags, however often they are loaded', async () => {
    const load = (query: string) =>
      import(new URL(`../../src/define-connect-account.js${query}`, import.meta.url).href);
    const first = await load('?first').then(() => customElements.get('connect-account'));
    expect(first).to.be.a('function');
    await load('?second');
    expect(customElements.get('connect-account')).to.equal(first);
  });
});
