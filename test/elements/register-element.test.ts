import { expect } from '@open-wc/testing';
import { registerElement } from '../../src/register-element.js';
import { useWarnings } from '../support/use-warnings.js';

describe('registerElement', () => {
  const warnings = useWarnings();

  it('registers a tag', () => {
    class First extends HTMLElement {}
    registerElement('test-first', First);
    expect(customElements.get('test-first')).to.equal(First);
  });

  it('does nothing, silently, when the same class is registered already', () => {
    class Second extends HTMLElement {}
    registerElement('test-second', Second);
    registerElement('test-second', Second);
    expect(warnings).to.deep.equal([]);
  });

  it('leaves the class of another copy in place, and says so', () => {
    class Mine extends HTMLElement {}
    class Theirs extends HTMLElement {}
    customElements.define('test-third', Theirs);
    registerElement('test-third', Mine);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('<test-third> is registered already');
    expect(customElements.get('test-third')).to.equal(Theirs);
  });

  it('registers both tags of the package, guarded, however often its entries are loaded', async () => {
    const load = (query: string) =>
      import(new URL(`../../src/define-connect-account.js${query}`, import.meta.url).href);
    const first = await load('?first').then(() => customElements.get('connect-account'));
    expect(first).to.be.a('function');
    await load('?second');
    expect(customElements.get('connect-account')).to.equal(first);
  });
});
