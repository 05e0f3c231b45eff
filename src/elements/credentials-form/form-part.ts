import { formTexts } from '../../messages/en-form.js';
import { credentialsFormStyles } from './credentials-form-styles.js';

/** A late part of `<connect-account>`: the form for credentials. */
export { CredentialsPanel } from './credentials-panel.js';

export const styles = [credentialsFormStyles];
export const texts = formTexts;
