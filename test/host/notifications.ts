/** A notification that was on the screen. */
export interface ShownNotification {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
}

/**
 * Runs in the page before anything else, and notes every notification in `shownNotifications`: they go away by
 * themselves, a test may look too late. As text, because a compiled function would bring its compiler's helpers.
 */
export const recordNotifications = `
  globalThis.shownNotifications = [];
  const last = new WeakMap();
  new MutationObserver(() => {
    for (const item of document.querySelectorAll('.notification-list-item')) {
      const text = item.querySelector('.notification-list-item-message')?.innerText ?? '';
      if (text === '' || last.get(item) === text) continue;
      last.set(item, text);
      const severity = item.querySelector('.codicon-error') ? 'error' : item.querySelector('.codicon-warning') ? 'warning' : 'info';
      globalThis.shownNotifications.push({ severity, text });
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;
