import { RecordedUser } from '../recorded-user';
import { judgedKinds, type Finding, type ReportedCase } from './case';
import { deadClickCases } from './dead-clicks';
import { idleAndGapCases } from './idle-and-gaps';
import { pageCases } from './pages';
import { rageClickCases } from './rage-clicks';
import { requestAndViewportCases } from './requests-and-viewports';

export { judgedKinds, type Finding, type ReportedCase } from './case';

export const reportedCases: ReportedCase[] = [
  ...deadClickCases,
  ...rageClickCases,
  ...idleAndGapCases,
  ...pageCases,
  ...requestAndViewportCases,
];

/** Writes the session of a case. Returns it with the entries of judged kinds that are right, without the first page. */
export function playCase({ play }: ReportedCase): { user: RecordedUser; right: Finding[] } {
  const user = new RecordedUser();
  const right = play(user);
  user.wait(2600).move();
  return { user, right };
}

/** Plays a case. Returns the entries of judged kinds that are right and those that the timeline has, both without the first page. */
export function judge(reported: ReportedCase): { right: Finding[]; found: Finding[] } {
  const { user, right } = playCase(reported);
  const entries = user.timeline().slice(1);
  const found = entries.flatMap(({ kind, atMs }): Finding[] => {
    const judged = judgedKinds.find((other) => other === kind);
    return judged ? [`${judged} ${atMs}`] : [];
  });
  return { right: right.toSorted(), found: found.toSorted() };
}
