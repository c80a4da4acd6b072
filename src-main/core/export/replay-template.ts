import { replayPlaces } from '../../contract/replay-page';

/** The built page that replays a recording, before there is one in it: what stands before, between and after its two places. */
export interface ReplayTemplate {
  beforeTitle: string;
  beforeData: string;
  afterData: string;
}

/** Of the text that the build wrote. Throws on any other. */
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
