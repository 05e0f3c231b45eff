import { expect } from '@open-wc/testing';
import { mountLoaded } from '../support/connect-account-harness.js';
import { connectedAccount } from '../support/memory-client.js';
import { usePopups } from '../support/stub-popups.js';

const IN_FORM = '<form><fieldset data-here></fieldset><button>Save</button></form>';
const NAMED = { name: 'account', required: '' };

async function mountInForm(options: Parameters<typeof mountLoaded>[0] = {}) {
  const harness = await mountLoaded({ around: IN_FORM, ...options });
  const form = harness.element.closest('form') as HTMLFormElement;
  return { harness, form, entries: () => [...new FormData(form)] };
}

describe('<connect-account> in a form', () => {
  const popups = usePopups();

  it("the element is one of the form's elements", async () => {
    const { harness, form } = await mountInForm();
    expect([...form.elements]).to.contain(harness.element);
  });

  it('the form value is the id of the connected account', async () => {
    const { entries } = await mountInForm({ attributes: { name: 'account' }, accounts: [connectedAccount()] });
    expect(entries()).to.deep.equal([['account', 'ca_1']]);
  });

  for (const status of ['EXPIRED', 'REVOKED', 'INACTIVE', 'FAILED'] as const) {
    it(`the form value is empty and invalid while the account is ${status}`, async () => {
      const { form, entries } = await mountInForm({ attributes: NAMED, accounts: [connectedAccount({ status })] });
      expect(entries()).to.deep.equal([]);
      expect(form.checkValidity()).to.equal(false);
    });
  }

  it('the form value follows the account through connect and disconnect', async () => {
    const { harness, form, entries } = await mountInForm({ attributes: NAMED });
    expect(form.checkValidity()).to.equal(false);
    await harness.connect();
    expect(form.checkValidity()).to.equal(false);
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect([form.checkValidity(), entries()]).to.deep.equal([true, [['account', 'ca_new_1']]]);
    await harness.element.disconnect();
    await harness.element.updateComplete;
    expect([form.checkValidity(), entries()]).to.deep.equal([false, []]);
  });

  it('the form value with allow-multiple is the newest account', async () => {
    const attributes = { ...NAMED, 'allow-multiple': '' };
    const { harness, entries } = await mountInForm({ attributes, accounts: [connectedAccount()] });
    expect(entries()).to.deep.equal([['account', 'ca_1']]);
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('ready');
    expect(entries()).to.deep.equal([['account', 'ca_new_1']]);
  });

  it('a missing account is reported in words, with the focus on the trigger', async () => {
    const { harness, form } = await mountInForm({ attributes: NAMED });
    let submits = 0;
    form.addEventListener('submit', (event) => {
      submits += 1;
      event.preventDefault();
    });
    form.requestSubmit();
    expect(submits).to.equal(0);
    expect(document.activeElement).to.equal(harness.element);
    harness.element.required = false;
    await harness.element.updateComplete;
    expect(form.checkValidity()).to.equal(true);
  });

  it("clicks on the element's buttons do not submit the form", async () => {
    const { harness, form } = await mountInForm();
    let submits = 0;
    form.addEventListener('submit', (event) => {
      submits += 1;
      event.preventDefault();
    });
    await harness.connect();
    harness.click('cancel');
    expect(submits).to.equal(0);
  });

  it('the element is disabled and enabled with its fieldset', async () => {
    const { harness, form } = await mountInForm({ attributes: NAMED });
    const fieldset = form.querySelector('fieldset') as HTMLFieldSetElement;
    fieldset.disabled = true;
    await harness.element.updateComplete;
    expect(harness.trigger.disabled).to.equal(true);
    expect(await harness.element.connect()).to.deep.equal({ status: 'cancelled', reason: 'host' });
    expect([popups.opened.length, form.checkValidity()]).to.deep.equal([0, true]);
    fieldset.disabled = false;
    await harness.element.updateComplete;
    expect(harness.trigger.disabled).to.equal(false);
  });

  it('the element is enabled in the legend of a disabled fieldset', async () => {
    const around = '<fieldset disabled><legend data-here></legend></fieldset>';
    const harness = await mountLoaded({ around });
    expect(harness.trigger.disabled).to.equal(false);
    await harness.connect();
    expect(harness.phase).to.equal('awaiting-authorization');
  });

  it('the element has the validation methods of a form control', async () => {
    const { harness, form } = await mountInForm({ attributes: NAMED });
    const { element } = harness;
    expect(element.form).to.equal(form);
    expect([element.willValidate, element.validity.valueMissing, element.checkValidity()]).to.deep.equal([
      true,
      true,
      false,
    ]);
    expect(element.validationMessage).to.equal('Connect GitHub first.');
    await harness.connect();
    harness.report('ACTIVE');
    await harness.reaches('connected');
    expect([element.validity.valid, element.reportValidity(), element.validationMessage]).to.deep.equal([
      true,
      true,
      '',
    ]);
  });

  it('the element works in the same task in which disabled was removed', async () => {
    const { harness } = await mountInForm({ attributes: { disabled: '' } });
    harness.element.disabled = false;
    await harness.element.updateComplete;
    expect(harness.trigger.disabled).to.equal(false);
  });
});
