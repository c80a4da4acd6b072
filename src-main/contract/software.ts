import { version } from '../../package.json';

/** The name under which Casement signs what it writes. */
export const software = `Casement ${version}`;
export { version };
