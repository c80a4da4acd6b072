/** The properties of a viewport declaration, as browsers know them. */
const viewportProperty =
  /^(?:(?:width|height)=(?:device-width|device-height|\d{1,4})|(?:initial|minimum|maximum)-scale=\d{1,2}(?:\.\d{1,4})?|user-scalable=(?:yes|no|[01])|viewport-fit=(?:auto|contain|cover)|interactive-widget=(?:resizes-visual|resizes-content|overlays-content)|shrink-to-fit=(?:yes|no))$/;

/** Returns true for the content of `<meta name="viewport">`, which exports have as well. */
export function isViewport(text: string): boolean {
  const parts = text
    .toLowerCase()
    .replace(/\s*=\s*/g, '=')
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => viewportProperty.test(part));
}

/** Returns true for the content of `<meta name="color-scheme">`. */
export function isColourScheme(text: string): boolean {
  return /^(?:normal|(?:only )?(?:light|dark)(?: (?:light|dark))?(?: only)?)$/.test(
    text.toLowerCase().replace(/\s+/g, ' '),
  );
}
