import { html, LitElement, type TemplateResult } from 'lit';

/** The least that a Lit element costs: a shadow root and one update. */
class EmptyElement extends LitElement {
  protected override render(): TemplateResult {
    return html``;
  }
}

customElements.define('empty-element', EmptyElement);
