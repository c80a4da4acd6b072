import type { CertificateFile, GatewayInput, GatewaySummary } from '../contract/gateway';
import type { GatewayAccess } from '../core/sources/source';
import { secretAccounts, storedGateway } from '../core/sources/stored-secrets';
import type { Keys } from './keys';
import { LongSecrets } from './long-secrets';

/** The extra headers and client certificates of connections. They are kept in the keychain like keys. */
export class Gateways {
  private readonly secrets: LongSecrets;

  /** `checkCertificate` throws connection-certificate. */
  constructor(
    private readonly keys: Keys,
    private readonly checkCertificate: (file: CertificateFile) => CertificateFile,
  ) {
    this.secrets = new LongSecrets(keys);
  }

  /** Returns access with the entered values, before they are stored. Throws connection-certificate. */
  trial({ headers, certificate }: GatewayInput): GatewayAccess {
    const checked = certificate && this.checkCertificate(certificate);
    return { readHeaders: async () => headers, readCertificate: async () => checked };
  }

  /** Returns access with the stored values of a connection; undefined if it has none. */
  stored(id: string, summary: GatewaySummary | undefined): GatewayAccess | undefined {
    return storedGateway(id, summary, (account) => this.keys.read(account));
  }

  /** Replaces the stored values. Throws keychain-*. */
  async save(id: string, { headers, certificate }: GatewayInput, allowForThisRun: boolean): Promise<GatewaySummary> {
    const { secrets } = this;
    if (headers.length > 0) await secrets.save(secretAccounts.headers(id), headers, allowForThisRun);
    else await secrets.remove(secretAccounts.headers(id));
    if (certificate) await secrets.save(secretAccounts.certificate(id), certificate, allowForThisRun);
    else await secrets.remove(secretAccounts.certificate(id));
    return { headers: headers.map(({ name }) => name), hasCertificate: certificate !== undefined };
  }

  /** Throws keychain-*; the values are still stored then. */
  async remove(id: string): Promise<void> {
    await this.secrets.remove(secretAccounts.headers(id));
    await this.secrets.remove(secretAccounts.certificate(id));
  }
}
