import { expect } from '@open-wc/testing';
import { LitElement } from 'lit';
import { nameAttributes, warnAuthor } from '../../src/controllers/author-errors.js';
import { connectErrorInfo } from '../../src/core/model/connect-error.js';
import type { ConnectErrorCode } from '../../src/core/model/error-codes.js';
import { useWarnings } from '../support/use-warnings.js';

/** An element with one property of each kind of attribute. */
class ErrorHost extends LitElement {
  static override readonly properties = { userId: { attribute: 'user-id' }, timeout: {}, client: { attribute: false } };
}
customElements.define('error-host', ErrorHost);

const described = (message: string, code: ConnectErrorCode = 'invalid_configuration') =>
  nameAttributes(connectErrorInfo(code, message), document.createElement('error-host') as ErrorHost);

describe('nameAttributes', () => {
  it('a setting is replaced by its attribute, after the tag', () => {
    expect(described('`userId` is missing.').message).to.equal('<error-host>: the attribute user-id is missing.');
    expect(described('`timeout` must be a number.').message).to.equal(
      '<error-host>: the attribute timeout must be a number.',
    );
  });

  it('a name without an attribute is kept', () => {
    expect(described('`client` and `elsewhere` are wrong.').message).to.equal(
      '<error-host>: `client` and `elsewhere` are wrong.',
    );
  });

  it('an error that names no setting is returned as it is', () => {
    const error = connectErrorInfo('network_error', 'The backend could not be reached.');
    expect(nameAttributes(error, document.createElement('error-host') as ErrorHost)).to.equal(error);
  });

  it('the other parts of an error are kept, and the result is frozen', () => {
    const error = described('`userId` is unknown.', 'not_found');
    expect(error).to.include({ code: 'not_found', retryable: false });
    expect(Object.isFrozen(error)).to.equal(true);
  });
});

describe('warnAuthor', () => {
  const warnings = useWarnings();

  it('the console of a page hears a message once', () => {
    for (const message of ['first', 'first', 'second', 'first']) warnAuthor(message);
    expect(warnings).to.deep.equal(['first', 'second']);
  });

  it('messages about the same thing are shown once', () => {
    for (const message of ['of one', 'of another']) warnAuthor(message, 'thing');
    expect(warnings).to.deep.equal(['of one']);
  });
});
