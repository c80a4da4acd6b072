import { replayPlaces } from '../../contract/replay-page';

/** The built replay page without a recording: the text before, between and after its two placeholders. */
export interface ReplayTemplate {
  beforeTitle: string;
  beforeData: string;
  afterData: string;
}

/** Splits the text that the build wrote. Throws for any other text. */
export function readReplayTemplate(text: string): ReplayTemplate {
  const [beforeTitle, afterTitle, ...moreTitles] = text.split(replayPlaces.title);
  const [beforeData, afterData, ...moreData] = (afterTitle ?? '').split(replayPlaces.data);
  if (
    beforeTitle === undefined ||
    beforeData === undefined ||
    afterData === undefined ||
    moreTitles.length + moreData.length > 0
  ) {
    throw new Error('not the template of a replay page');
  }
  return { beforeTitle, beforeData, afterData };
}
