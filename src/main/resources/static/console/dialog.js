// A modal dialog; the browser keeps the focus inside and gives it back.
import { html, ref } from './lit.js';

/** For lit's ref: opens a dialog as soon as it is a part of the page. */
export function openModal(element) {
  queueMicrotask(() => {
    if (element?.isConnected && !element.open) {
      element.showModal();
    }
  });
}

export function dialog(title, content, close) {
  return html`<dialog aria-labelledby="dialog-title" ${ref(openModal)} @close=${close} @cancel=${close}>
    <header><h2 id="dialog-title">${title}</h2>
      <button type="button" class="plain" aria-label="Close" @click=${close}>✕</button></header>
    ${content}
  </dialog>`;
}
