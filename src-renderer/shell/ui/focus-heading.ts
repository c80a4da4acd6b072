import type { Attachment } from 'svelte/attachments';

/** Focuses the heading of a view when it opens, so that screen readers announce the view. */
export const focusHeading: Attachment<HTMLElement> = (heading) => {
  heading.tabIndex = -1;
  // Doesn't take the focus from another element, such as an open dialog.
  if (document.activeElement === document.body || document.activeElement === null)
    heading.focus({ preventScroll: true });
};
