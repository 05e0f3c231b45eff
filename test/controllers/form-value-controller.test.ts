import { expect, fixture, html } from '@open-wc/testing';
import { LitElement } from 'lit';
import { type FormValue, FormValueController } from '../../src/controllers/form-value-controller.js';

class ValueHost extends LitElement {
  static readonly formAssociated = true;
  readonly internals = this.attachInternals();
  value: FormValue = { value: null, missing: '', anchor: undefined };

  constructor() {
    super();
    new FormValueController(this, this.internals, () => this.value);
  }

  protected override render() {
    return html`<button>Anchor</button>`;
  }
}
customElements.define('value-host', ValueHost);

async function mount(): Promise<{
  form: HTMLFormElement;
  host: ValueHost;
  show: (value: Partial<FormValue>) => Promise<void>;
}> {
  const form = await fixture<HTMLFormElement>(html`<form><value-host name="account"></value-host></form>`);
  const host = form.querySelector('value-host') as ValueHost;
  const show = async (value: Partial<FormValue>) => {
    const anchor = host.renderRoot.querySelector('button') ?? undefined;
    host.value = { value: null, missing: '', anchor, ...value };
    host.requestUpdate();
    await host.updateComplete;
  };
  return { form, host, show };
}

describe('FormValueController', () => {
  it('the form has no entry without a value, and the value once there is one', async () => {
    const { form, show } = await mount();
    expect([...new FormData(form)]).to.deep.equal([]);
    await show({ value: 'ca_1' });
    expect([...new FormData(form)]).to.deep.equal([['account', 'ca_1']]);
    await show({ value: null });
    expect([...new FormData(form)]).to.deep.equal([]);
  });

  it('the form is invalid while something is missing, with the reason', async () => {
    const { form, host, show } = await mount();
    expect(form.checkValidity()).to.equal(true);
    await show({ missing: 'Connect GitHub first.' });
    expect(form.checkValidity()).to.equal(false);
    expect(host.internals.validity.valueMissing).to.equal(true);
    expect(host.internals.validationMessage).to.equal('Connect GitHub first.');
    await show({ missing: '', value: 'ca_1' });
    expect(form.checkValidity()).to.equal(true);
  });
});
