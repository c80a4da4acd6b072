import { CasementError, hasCode } from '../contract/errors';
import type { RequestOutput } from '../contract/ipc';
import { Mutex } from '../contract/shared/mutex';
import { mostSigners, type KnownSigner, type Signatures } from '../contract/signers';
import type { WorkerPort } from './ports';
import type { SigningKey } from './signing-key';

type Named = Pick<KnownSigner, 'name' | 'publicKey'>;

interface Ports {
  worker: WorkerPort;
  signingKey: Pick<SigningKey, 'read' | 'find'>;
  /** Returns the public key of a private key in PEM, as a line of `authorized_keys`. */
  publicKeyOf: (privateKey: string) => string;
  /** Returns the fingerprint of such a line; undefined if it is invalid. */
  fingerprintOf: (publicKey: string) => string | undefined;
  /** Reads and writes a file like ssh's `allowed_signers`. */
  readFile: (text: string) => { signers: Named[]; passedOver: number };
  writeFile: (signers: readonly Named[]) => string;
  /** Returns the text of a file that the user chooses; undefined if they close the dialog. Throws file-too-large, disk-*. */
  askForText: () => Promise<string | undefined>;
  /** Saves a text where the user chooses. Returns the file's name; undefined if they close the dialog. Throws disk-*. */
  saveText: (fileName: string, text: string) => Promise<string | undefined>;
  /** The name of the user's own key in a file for others. */
  ownName: string;
  now: () => number;
}

/** The signers that the user trusts: the user's own key, and keys that they gave names to. The list is stored in the vault. */
export class Signers {
  private readonly forgotten = new Map<string, KnownSigner>();
  private readonly changes = new Mutex();

  constructor(private readonly ports: Ports) {}

  /** Throws disk-*. */
  async list(): Promise<Signatures> {
    const own = await this.findOwn();
    try {
      return this.describe(own, await this.ports.worker.call('signers.read', null), false);
    } catch (error) {
      if (hasCode(error, 'signers-damaged')) return this.describe(own, [], true);
      throw error;
    }
  }

  /** Throws keychain-none, keychain-locked, keychain-timeout. */
  async makeOwn(): Promise<Signatures> {
    if ((await this.ports.signingKey.read()) === undefined) throw new CasementError('keychain-none');
    return this.list();
  }

  /** Throws signer-key, signer-many, signers-damaged, disk-*. */
  async name(publicKey: string, name: string): Promise<Signatures> {
    if (this.ports.fingerprintOf(publicKey) === undefined) throw new CasementError('signer-key');
    return this.change((known) => {
      const before = known.find((each) => each.publicKey === publicKey);
      return put(known, { name, publicKey, since: before?.since ?? this.ports.now() });
    });
  }

  /** Throws signer-unknown, signers-damaged, disk-*. */
  forget(publicKey: string): Promise<Signatures> {
    return this.change((known) => {
      const found = known.find((each) => each.publicKey === publicKey);
      if (!found) throw new CasementError('signer-unknown');
      this.forgotten.set(publicKey, found);
      return known.filter((each) => each !== found);
    });
  }

  /** Throws signer-unknown, signer-many, signers-damaged, disk-*. */
  async restore(publicKey: string): Promise<Signatures> {
    const found = this.forgotten.get(publicKey);
    if (!found) throw new CasementError('signer-unknown');
    return this.change((known) => put(known, found));
  }

  /** Throws disk-*. */
  async startNewList(): Promise<Signatures> {
    if ((await this.list()).isDamaged) await this.ports.worker.call('signers.set-aside', null);
    return this.list();
  }

  /** Known signers keep the names that the user gave them. Throws signer-many, signers-damaged, file-too-large, disk-*. */
  async importFile(): Promise<RequestOutput<'signer.import'>> {
    const text = await this.ports.askForText();
    if (text === undefined) return null;
    const { signers, passedOver } = this.ports.readFile(text);
    let added = 0;
    const signatures = await this.change((known) => {
      const keys = new Set(known.map(({ publicKey }) => publicKey));
      const fresh = new Map(
        signers.filter(({ publicKey }) => !keys.has(publicKey)).map((each) => [each.publicKey, each]),
      );
      added = fresh.size;
      const since = this.ports.now();
      return [...fresh.values()].reduce((all, each) => put(all, { ...each, since }), known);
    });
    return { signatures, added, passedOver };
  }

  /** Throws keychain-none, signers-damaged, disk-*. */
  async exportFile(what: 'own' | 'known'): Promise<string | null> {
    const { ownName, saveText, writeFile, worker } = this.ports;
    if (what === 'known') {
      return (await saveText('allowed-signers.txt', writeFile(await worker.call('signers.read', null)))) ?? null;
    }
    const own = await this.findOwn();
    if (own === undefined) throw new CasementError('keychain-none');
    return (await saveText('my-signing-key.txt', writeFile([{ name: ownName, publicKey: own }]))) ?? null;
  }

  /** Returns undefined if there is no key, or if the keychain doesn't answer. */
  private async findOwn(): Promise<string | undefined> {
    try {
      const key = await this.ports.signingKey.find();
      return key === undefined ? undefined : this.ports.publicKeyOf(key);
    } catch (error) {
      if (error instanceof CasementError) return undefined;
      throw error;
    }
  }

  private describe(own: string | undefined, known: readonly KnownSigner[], isDamaged: boolean): Signatures {
    const withFingerprint = <T extends { publicKey: string }>(each: T): T & { fingerprint: string } => ({
      ...each,
      fingerprint: this.ports.fingerprintOf(each.publicKey) ?? '',
    });
    return {
      own: own === undefined ? null : withFingerprint({ publicKey: own }),
      known: [...known].sort((a, b) => a.name.localeCompare(b.name, 'en')).map(withFingerprint),
      isDamaged,
    };
  }

  private change(step: (known: readonly KnownSigner[]) => readonly KnownSigner[]): Promise<Signatures> {
    const { worker } = this.ports;
    return this.changes.run(async () => {
      const signers = [...step(await worker.call('signers.read', null))];
      await worker.call('signers.write', { signers });
      return this.list();
    });
  }
}

/** Replaces the signer with the same key, or adds a new one. */
function put(known: readonly KnownSigner[], signer: KnownSigner): KnownSigner[] {
  const others = known.filter(({ publicKey }) => publicKey !== signer.publicKey);
  if (others.length >= mostSigners) throw new CasementError('signer-many');
  return [...others, signer];
}
