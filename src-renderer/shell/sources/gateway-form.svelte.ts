import {
  isExtraHeaderName,
  isHeaderValue,
  mostCertificateBytes,
  mostExtraHeaders,
  type GatewayInput,
} from '../../../src-main/contract/gateway';

interface HeaderRow {
  name: string;
  value: string;
}

/** The values that the user enters for a gateway in front of a server. */
export class GatewayForm {
  headers = $state<HeaderRow[]>([{ name: '', value: '' }]);
  fileName = $state('');
  isTooLarge = $state(false);
  passphrase = $state('');
  #base64 = '';

  readonly canAdd = $derived(this.headers.length < mostExtraHeaders);

  addHeader(): void {
    this.headers.push({ name: '', value: '' });
  }

  removeHeader(index: number): void {
    this.headers.splice(index, 1);
    if (this.headers.length === 0) this.addHeader();
  }

  /** Reads the chosen files: a certificate and its key may be in two PEM files. */
  async choose(files: readonly File[]): Promise<void> {
    const bytes = new Uint8Array(await new Blob(files.flatMap((file) => [file, '\n']).slice(0, -1)).arrayBuffer());
    this.isTooLarge = bytes.length > mostCertificateBytes;
    if (this.isTooLarge) return;
    this.#base64 = toBase64(bytes);
    this.fileName = files.map(({ name }) => name).join(', ');
  }

  clearCertificate(): void {
    this.#base64 = '';
    this.fileName = '';
    this.passphrase = '';
    this.isTooLarge = false;
  }

  isWrong({ name, value }: HeaderRow): boolean {
    if (name.trim() === '' && value.trim() === '') return false;
    return !isExtraHeaderName(name.trim().toLowerCase()) || !isHeaderValue(value.trim());
  }

  /** Returns the entered values; undefined if a header is invalid. */
  read(): GatewayInput | undefined {
    if (this.isTooLarge || this.headers.some((row) => this.isWrong(row))) return undefined;
    const headers = this.headers
      .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
      .filter(({ name }) => name !== '');
    const certificate = { base64: this.#base64, passphrase: this.passphrase };
    return { headers, ...(this.#base64 !== '' && { certificate }) };
  }

  /** Forgets all values: an open form keeps no secret once it is sent. */
  clear(): void {
    this.headers = [{ name: '', value: '' }];
    this.clearCertificate();
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
