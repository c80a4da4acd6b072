/** The window of a recorded page. */
export type PageWindow = Window & typeof globalThis;

/**
 * Runs what builds a page. Scrolling it and opening its modal dialogs make the browser lay it out as it is then, each time anew: the
 * page's own scroll position is left to the caller, and dialogs are opened once, when all of it is there.
 */
export function withoutLayout(page: PageWindow | null, run: () => void): void {
  if (!page) return run();
  const { prototype } = page.HTMLDialogElement;
  const showModal = Object.getOwnPropertyDescriptor(prototype, 'showModal');
  const dialogs = new Set<HTMLDialogElement>();
  Reflect.set(page, 'scrollTo', () => undefined);
  if (showModal) {
    const note = function (this: HTMLDialogElement): void {
      dialogs.add(this);
    };
    Object.defineProperty(prototype, 'showModal', { ...showModal, value: note });
  }
  try {
    run();
  } finally {
    Reflect.deleteProperty(page, 'scrollTo');
    if (showModal) Object.defineProperty(prototype, 'showModal', showModal);
  }
  for (const dialog of dialogs) {
    // rrweb's own mark; it takes it off when the dialog closes.
    if (dialog.isConnected && !dialog.open && dialog.getAttribute('rr_open_mode') === 'modal') dialog.showModal();
  }
}
