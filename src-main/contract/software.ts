import manifest from '../../package.json' with { type: 'json' };

/** Casement's own version. */
export const { version } = manifest;

/** The Electron version that Casement is built for. An older one is the evaluation runtime. */
export const pinnedElectron = manifest.devDependencies.electron;

/** The name of the software in files that Casement writes. */
export const software = `Casement ${version}`;
