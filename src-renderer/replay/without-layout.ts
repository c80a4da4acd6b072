/** The window of a recorded page. */
export type PageWindow = Window & typeof globalThis;

/**
 * Runs a function that builds a page, without a layout at each step. Scrolling the page and opening modal dialogs each force a layout.
 * So the page's own scroll position is left to the caller, and each dialog is opened once, after the page is complete.
 */
export function withoutLayout(page: PageWindow | null, run: () => void): void {
  if (!page) return run();
  const dialogs = new Set<HTMLDialogElement>();
  const restoreScrolling = replaceMethod(page, 'scrollTo', () => undefined);
  const restoreDialogs = replaceMethod(
    page.HTMLDialogElement.prototype,
    'showModal',
    function (this: HTMLDialogElement) {
      dialogs.add(this);
    },
  );
  try {
    run();
  } finally {
    restoreScrolling();
    restoreDialogs();
  }
  for (const dialog of dialogs) {
    // rrweb sets this attribute and removes it when the dialog closes.
    if (dialog.isConnected && !dialog.open && dialog.getAttribute('rr_open_mode') === 'modal') dialog.showModal();
  }
}

/** Replaces a method that is an own property. Returns a function that restores it. */
function replaceMethod(owner: object, name: string, value: (...args: never[]) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  if (!before) return () => undefined;
  Object.defineProperty(owner, name, { ...before, value });
  return () => void Object.defineProperty(owner, name, before);
}
