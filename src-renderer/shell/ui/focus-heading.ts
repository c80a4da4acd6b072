import type { Attachment } from 'svelte/attachments';

/** Puts the focus on a view's heading when the view opens, so that a screen reader says where the user is. */
export const focusHeading: Attachment<HTMLElement> = (heading) => {
  heading.tabIndex = -1;
  // What has the focus on purpose, such as a dialog that stands open, keeps it.
  if (document.activeElement === document.body || document.activeElement === null)
    heading.focus({ preventScroll: true });
};
