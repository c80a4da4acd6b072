import type { Settings } from '../contract/settings';
import type { JsonStore } from './ports';

/** The user's settings, kept in memory so that they can be read at any moment. */
export class CurrentSettings implements JsonStore<Settings> {
  private constructor(
    private readonly store: JsonStore<Settings>,
    private settings: Settings,
    private readonly onChange: (settings: Settings) => void,
  ) {}

  /** Reads the stored settings. `onChange` is called with them, and again after each change. Throws disk-*. */
  static async open(store: JsonStore<Settings>, onChange: (settings: Settings) => void): Promise<CurrentSettings> {
    const settings = await store.read();
    onChange(settings);
    return new CurrentSettings(store, settings, onChange);
  }

  get current(): Settings {
    return this.settings;
  }

  async read(): Promise<Settings> {
    return this.settings;
  }

  /** The settings take effect once they are stored. Throws disk-*. */
  async write(settings: Settings): Promise<void> {
    await this.store.write(settings);
    this.settings = settings;
    this.onChange(settings);
  }
}
