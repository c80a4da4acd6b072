import type { MissingOnPage } from '../../contract/session';
import { DomModel } from '../recording/model/dom-model';
import { MissingFileCount } from '../recording/model/missing-files';
import type { NormalisedItem } from '../recording/normalise/normalise';

/** Finds the files that pages refer to and that aren't in a recording, without importing it. */
export class MissingFilesPass {
  private readonly models = new Map<string, DomModel>();
  private readonly files = new MissingFileCount();

  /** Adds the items of a normalised recording in order. */
  add(items: readonly NormalisedItem[]): void {
    for (const item of items) {
      if (item.kind === 'lost') continue;
      const { windowId, event } = item;
      let model = this.models.get(windowId);
      if (!model) {
        this.models.set(windowId, (model = new DomModel()));
        model.reportFiles();
      }
      model.apply(event);
      this.files.add(windowId, event, model);
    }
  }

  finish(): MissingOnPage[] {
    return this.files.finish();
  }
}
