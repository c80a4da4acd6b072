import { join, sep } from 'node:path';
import { describeBug } from '../contract/shared/describe-bug';
import { software } from '../contract/software';
import { diagnosticsText } from '../contract/words/diagnostics';
import { openBugLog } from '../node/diagnostics/bug-log';
import type { DiagnosticsPort } from '../services/handlers';
import type { AppPaths } from './paths';

export interface Diagnostics extends DiagnosticsPort {
  /** Adds an unexpected error of the main process. */
  addError: (error: unknown) => void;
}

export function openDiagnostics(
  dataFolder: string,
  { main, pages }: AppPaths,
  writeClipboard: (text: string) => Promise<void>,
): Diagnostics {
  const log = openBugLog({
    file: join(dataFolder, 'bugs.json'),
    folders: {
      main,
      worker: main,
      keychain: main,
      'demo-server': main,
      shell: join(pages, 'shell'),
      replay: join(pages, 'replay'),
    },
    nowMs: Date.now,
  });
  return {
    ...log,
    addError: (error) => log.add('main', describeBug(error, `${main}${sep}`)),
    copy: () => writeClipboard(diagnosticsText(software, log.list())),
  };
}
