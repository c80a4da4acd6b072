import { join } from 'node:path';
import { deriveIndexKey } from '../../../node/search-index/index-key';
import { FileVault } from '../../../node/vault/file-vault';
import { watchVault } from '../../../node/vault/watch-vault';
import type { Vault } from '../../../node/vault/vault';
import { Search } from '../search/search';

/** A vault and its search index. */
export interface OpenVault {
  vault: Vault;
  search: Search;
  close(): Promise<void>;
}

/** Opens the vault in a folder. Its search index is opened and updated in the background. Throws disk-*. */
export async function openVaultWithSearch(
  folder: string,
  key: Uint8Array,
  isForThisRun: boolean,
  sqliteProgramPath: string,
): Promise<OpenVault> {
  const plain = await FileVault.open(folder, key, isForThisRun);
  const vault = watchVault(plain, (id) => search.noteChange(id));
  const place = { folder: join(folder, 'search'), key: deriveIndexKey(key), programPath: sqliteProgramPath };
  const search = new Search(vault, place, () => performance.now());
  search.start();
  return {
    vault,
    search,
    close: async () => {
      await search.close({ isDeleted: isForThisRun });
      await vault.close();
    },
  };
}
