import { join } from 'node:path';

/** The paths of Casement's own folders and files. */
export interface AppPaths {
  /** The bundle of a process or a preload. */
  script: (name: string) => string;
  /** The folder of the bundles of all processes. */
  main: string;
  /** The folder of the built pages. */
  pages: string;
  icon: string;
  demoRecordings: string;
}

/** `mainFolder` is the folder of the main process's bundle. */
export function appPaths(mainFolder: string): AppPaths {
  const resources = join(mainFolder, '../../resources');
  return {
    script: (name) => join(mainFolder, `${name}.cjs`),
    main: mainFolder,
    pages: join(mainFolder, '../renderer'),
    icon: join(resources, 'icons/casement.png'),
    demoRecordings: join(resources, 'demo'),
  };
}
