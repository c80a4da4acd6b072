/** The two document types that rrweb writes as text into a page that was recorded in quirks mode. Nothing else may be written. */
const doctypes = new Set([
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">',
  '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN" "">',
]);

interface TrustedTypePolicyFactory {
  createPolicy(name: 'default', rules: { createHTML: (text: string) => string | null }): unknown;
}

type ReplayWindow = Window & { trustedTypes?: TrustedTypePolicyFactory; HTMLIFrameElement: typeof HTMLIFrameElement };

/**
 * Trusted Types forbid every HTML text in the replay. A recorded quirks-mode page still needs its document type, so each document
 * of the replay gets a default policy that allows those constants. The window of an inner frame gets the same policy when its document
 * is first read.
 */
export function allowDoctypesOnly(window: ReplayWindow): void {
  window.trustedTypes?.createPolicy('default', { createHTML: (text) => (doctypes.has(text) ? text : null) });
  const prototype = window.HTMLIFrameElement.prototype;
  const inherited = Object.getOwnPropertyDescriptor(prototype, 'contentDocument');
  const seen = new WeakSet<Window>();
  Object.defineProperty(prototype, 'contentDocument', {
    configurable: true,
    get(this: HTMLIFrameElement): Document | null {
      const inner = this.contentWindow as ReplayWindow | null;
      const document = inherited?.get?.call(this) as Document | null;
      if (inner && document && !seen.has(inner)) {
        seen.add(inner);
        allowDoctypesOnly(inner);
      }
      return document;
    },
  });
}
