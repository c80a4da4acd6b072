/** The window of a recorded page. */
export type PageWindow = Window & typeof globalThis;

/**
 * Runs what builds a page. Scrolling it and opening its modal dialogs make the browser lay it out as it is then, each time anew: the
 * page's own scroll position is left to the caller, and dialogs are opened once, when all of it is there.
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
    // rrweb's own mark; it takes it off when the dialog closes.
    if (dialog.isConnected && !dialog.open && dialog.getAttribute('rr_open_mode') === 'modal') dialog.showModal();
  }
}

/** Returns how to put back what was there, which for a window's methods is its own property. */
function replaceMethod(owner: object, name: string, value: (...args: never[]) => void): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name);
  if (!before) return () => undefined;
  Object.defineProperty(owner, name, { ...before, value });
  return () => void Object.defineProperty(owner, name, before);
}
