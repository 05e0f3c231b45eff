import { expect } from '@open-wc/testing';
import type { ConnectPhase } from '../../src/core/flow/connect-state.js';
import { mountInPhase, PHASES } from '../support/connect-account-phases.js';
import { usePopups } from '../support/stub-popups.js';
import { useWarnings } from '../support/use-warnings.js';

/** What a user sees: the trigger's words, and which other boxes there are. */
const LOOKS: Record<ConnectPhase, { label: string; parts: string[]; busy: boolean }> = {
  loading: { label: 'Connect', parts: [], busy: true },
  ready: { label: 'Connect GitHub (opens a new window)', parts: ['label'], busy: false },
  'collecting-credentials': { label: 'Connect GitHub', parts: ['label', 'form', 'cancel'], busy: false },
  submitting: { label: 'GitHub: Connecting…', parts: ['label', 'form', 'status', 'cancel'], busy: true },
  preparing: { label: 'GitHub: Connecting…', parts: ['label', 'status', 'cancel'], busy: true },
  'popup-blocked': {
    label: 'Connect GitHub (opens a new window)',
    parts: ['label', 'status', 'link', 'cancel'],
    busy: false,
  },
  'awaiting-authorization': { label: 'GitHub: Connecting…', parts: ['label', 'status', 'cancel'], busy: true },
  confirming: { label: 'GitHub: Connecting…', parts: ['label', 'status', 'cancel'], busy: true },
  connected: { label: 'GitHub: octocat Connected', parts: ['label', 'identity', 'badge'], busy: false },
  'needs-attention': {
    label: 'GitHub: Reconnect Access revoked (opens a new window)',
    parts: ['label', 'badge'],
    busy: false,
  },
  failed: { label: 'GitHub: Try again (opens a new window)', parts: ['label', 'error'], busy: false },
  misconfigured: { label: 'Connect', parts: ['label', 'error'], busy: false },
};

const ALL_PARTS = ['label', 'identity', 'badge', 'form', 'status', 'link', 'reopen', 'cancel', 'error'];

describe('<connect-account> in each phase', () => {
  const popups = usePopups();
  useWarnings();

  it('a new element has its custom state at once', () => {
    const element = document.createElement('connect-account');
    expect([element.state.phase, element.matches(':state(loading)')]).to.deep.equal(['loading', true]);
  });

  for (const phase of PHASES) {
    const { label, parts, busy } = LOOKS[phase];

    it(`phase ${phase} shows "${label}" with ${parts.join(', ') || 'nothing else'}`, async () => {
      const harness = await mountInPhase(phase, popups);
      expect(harness.name).to.equal(label);
      const visible = ALL_PARTS.filter((part) => harness.text(part) !== '' || (part === 'form' && harness.part(part)));
      expect(visible).to.deep.equal(parts);
      expect(harness.trigger.getAttribute('aria-busy')).to.equal(busy ? 'true' : null);
    });

    it(`phase ${phase} sets its custom state and no other`, async () => {
      const { element } = await mountInPhase(phase, popups);
      expect(PHASES.filter((one) => element.matches(`:state(${one})`))).to.deep.equal([phase]);
    });

    it(`phase ${phase} has a frozen state without a link or a secret`, async () => {
      const { element } = await mountInPhase(phase, popups);
      expect(Object.isFrozen(element.state)).to.equal(true);
      expect(element.account).to.equal(element.state.account);
      expect(element.error).to.equal(element.state.error);
      expect(JSON.stringify(element.state)).not.to.match(/connect\.example\.com|sk_test/);
    });
  }
});
