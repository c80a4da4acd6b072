import { EventType, IncrementalSource } from '@rrweb/types';
import type { RecordedEvent } from '../../src-main/contract/recorded-event';

interface TreeNode {
  id: number;
  tagName?: string;
  textContent?: string;
  attributes?: Record<string, unknown>;
  childNodes?: TreeNode[];
}

/** Kinds of damage to a keyframe, each applied to one of a workload. The comparison has to notice every one. */
export const damages: Readonly<Record<string, (keyframe: RecordedEvent[]) => void>> = {
  'another attribute': (keyframe) => Object.assign(find(keyframe, 'h1').attributes ?? {}, { title: 'x' }),
  'a lost attribute': (keyframe) => delete find(keyframe, 'main').attributes?.class,
  'another text': (keyframe) => Object.assign(find(keyframe, 'h1').childNodes?.[0] ?? {}, { textContent: 'x' }),
  'a lost node': (keyframe) => void find(keyframe, 'form').childNodes?.pop(),
  'another order': (keyframe) => void find(keyframe, 'form').childNodes?.reverse(),
  'another id': (keyframe) => Object.assign(find(keyframe, 'h1'), { id: 999_999 }),
  'another tag': (keyframe) => Object.assign(find(keyframe, 'h1'), { tagName: 'h2' }),
  'another rule': (keyframe) => Object.assign(find(keyframe, 'style').attributes ?? {}, { _cssText: 'b { top: 0 }' }),
  'a lost frame document': (keyframe) => drop(keyframe, (data) => data.isAttachIframe === true),
  'lost input': (keyframe) => drop(keyframe, (data) => data.source === IncrementalSource.Input),
  'a lost scroll': (keyframe) => drop(keyframe, (data) => data.source === IncrementalSource.Scroll),
  'lost rule changes': (keyframe) => drop(keyframe, (data) => data.source === IncrementalSource.StyleSheetRule),
  'lost adopted sheets': (keyframe) => drop(keyframe, (data) => data.source === IncrementalSource.AdoptedStyleSheet),
  'another size': (keyframe) => Object.assign(keyframe[0]?.data ?? {}, { width: 333 }),
};

function find(keyframe: readonly RecordedEvent[], tag: string): TreeNode {
  const snapshot = keyframe.find(({ type }) => type === EventType.FullSnapshot);
  const open = [(snapshot?.data as { node: TreeNode }).node];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.tagName === tag) return node;
    open.push(...(node.childNodes ?? []));
  }
  throw new Error(`the keyframe has no ${tag}`);
}

/** Removes the keyframe's events of a kind. Throws if there are none, because the test would prove nothing. */
function drop(keyframe: RecordedEvent[], matches: (data: Record<string, unknown>) => boolean): void {
  const kept = keyframe.filter(
    ({ type, data }) => type !== EventType.IncrementalSnapshot || !matches(data as Record<string, unknown>),
  );
  if (kept.length === keyframe.length) throw new Error('the keyframe has no such event');
  keyframe.splice(0, keyframe.length, ...kept);
}
