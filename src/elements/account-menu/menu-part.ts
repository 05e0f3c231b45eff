import { menuTexts } from '../../messages/en-menu.js';
import { anchoredPanelStyles } from '../../styles/anchored-panel-styles.js';
import { accountMenuStyles } from './account-menu-styles.js';

export { AccountActionsController } from '../../controllers/account-actions-controller.js';
/** A late part of `<connect-account>`: the actions on its account. */
export { KeptFocusController } from '../../controllers/kept-focus-controller.js';
export { failureText, renderRetry } from './account-failure.js';
export { renderAccountPanel } from './account-menu.js';

export const styles = [anchoredPanelStyles, accountMenuStyles];
export const texts = menuTexts;
