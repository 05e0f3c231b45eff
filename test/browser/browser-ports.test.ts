import { expect } from '@open-wc/testing';
import { createBrowserPorts } from '../../src/browser/browser-ports.js';

describe('createBrowserPorts', () => {
  it('opens a window with the current waiting text', () => {
    let text = 'Opening the app…';
    const ports = createBrowserPorts(() => text);
    text = 'Opening GitHub…';
    const { open } = window;
    const opened: Array<Window | null> = [];
    window.open = (...given) => {
      const popup = open.apply(window, given);
      opened.push(popup);
      return popup;
    };
    ports.openWindow('a-name-of-this-test', 'attempt-0123456789');
    window.open = open;
    expect(opened[0]?.document.title).to.equal('Opening GitHub…');
    opened[0]?.close();
  });

  it('knows the origin of the page', () => {
    expect(createBrowserPorts(() => '').pageOrigin).to.equal(location.origin);
  });
});
