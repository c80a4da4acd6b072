/** What goes over the port of an export that needs a printer: the worker sends one page, and one answer comes back. */
export interface PrintRequest {
  /** A page that stands alone: nothing of it is fetched, and nothing in it runs. */
  html: string;
}

/** `null` where the page could not be printed. */
export interface PrintReply {
  pdf: Uint8Array | null;
}
