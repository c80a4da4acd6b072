import type { Language } from './languages';
import type { PackageName } from './packages';
import type { Person } from './people';
import type { User } from './user';

/** One recorded session: its language, and who uses the application. */
export interface Scene {
  language: Language;
  person: Person;
}

export interface Asked {
  method: string;
  path: string;
  query: string;
  body: string;
}

/** `fail`: the connection ends without a response. */
export type Reply = { status?: number; contentType?: string; body: unknown } | 'fail';

/** An application of the corpus, and how it is used. */
export interface Application {
  /** Also the host: `NAME.example`. */
  name: string;
  kind: string;
  /** Their files are under `/npm/PACKAGE/`. */
  packages: readonly PackageName[];
  /** The package whose files are the site, if it has pages of its own. `folder` ends with a slash. */
  root?: { name: PackageName; folder?: string };
  languages: readonly Language[];
  viewport?: { width: number; height: number };
  recordCanvas?: boolean;
  /** The path of the first page. Default: `/`. */
  start?: string;
  /** Pages by path, if the packages have none. */
  pages?: (scene: Scene) => Readonly<Record<string, string>>;
  /** Answers the application's requests. Undefined means 404. */
  answer?: (asked: Asked, scene: Scene) => Reply | undefined;
  /** Returns the recorded events in a request of an application that records itself. */
  recordedIn?: (asked: Asked) => unknown[];
  use: (user: User, scene: Scene) => Promise<void>;
}
