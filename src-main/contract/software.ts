import manifest from '../../package.json' with { type: 'json' };

/** Casement's own version. */
export const { version } = manifest;

/** The Electron that Casement is made for; an older one below is the evaluation runtime. */
export const pinnedElectron = manifest.devDependencies.electron;

/** The name under which Casement signs what it writes. */
export const software = `Casement ${version}`;
