import { formTexts } from '../../messages/en-form.js';
import { anchoredPanelStyles } from '../../styles/anchored-panel-styles.js';
import { credentialsFormStyles } from './credentials-form-styles.js';

/** A late part of `<connect-account>`: the form for credentials. */
export { CredentialsPanel } from './credentials-panel.js';

export const styles = [anchoredPanelStyles, credentialsFormStyles];
export const texts = formTexts;
