import { isFiniteNumber, type JsonRecord } from '../json';
import type { LiveNode } from './model-node';
import { stateOf, type MediaState } from './node-state';

/** `MediaInteractions` of @rrweb/types that start or stop playback; the others don't change it. */
const play = 0;
const pause = 1;

export function isMedia(node: LiveNode): boolean {
  return node.tag === 'video' || node.tag === 'audio';
}

/** Sets the initial state of a recorded element. */
export function startMedia(node: LiveNode, atMs: number): void {
  const has = (name: string): boolean => {
    const value = node.attribute(name);
    return value !== undefined && value !== null;
  };
  const recorded = node.attribute('rr_mediaState');
  const isMuted = node.attribute('rr_mediaMuted');
  const isLooped = node.attribute('rr_mediaLoop');
  stateOf(node).media = {
    isPlaying: typeof recorded === 'string' ? recorded === 'played' : has('autoplay'),
    currentTime: numberOr(node.attribute('rr_mediaCurrentTime'), 0),
    atMs,
    playbackRate: numberOr(node.attribute('rr_mediaPlaybackRate'), 1),
    volume: numberOr(node.attribute('rr_mediaVolume'), 1),
    isMuted: typeof isMuted === 'boolean' ? isMuted : has('muted'),
    isLooped: typeof isLooped === 'boolean' ? isLooped : has('loop'),
    isTouched: false,
  };
}

/** Applies a recorded interaction; properties that it doesn't have stay unchanged. */
export function touchMedia(node: LiveNode, data: JsonRecord, atMs: number): void {
  if (!node.state?.media) startMedia(node, atMs);
  const state = stateOf(node);
  const before = state.media;
  if (!before) return;
  const { type, currentTime, playbackRate, volume, muted, loop } = data;
  state.media = {
    isPlaying: type === play || (type !== pause && before.isPlaying),
    currentTime: numberOr(currentTime, before.currentTime),
    atMs,
    playbackRate: numberOr(playbackRate, before.playbackRate),
    volume: numberOr(volume, before.volume),
    isMuted: typeof muted === 'boolean' ? muted : before.isMuted,
    isLooped: typeof loop === 'boolean' ? loop : before.isLooped,
    isTouched: true,
  };
}

/** Returns the interaction that brings a newly built element into this state; undefined if its attributes do. */
export function writeMedia(id: number, media: MediaState, atMs: number): JsonRecord | undefined {
  if (!media.isTouched && !media.isPlaying) return undefined;
  const playedS = media.isPlaying ? (Math.max(0, atMs - media.atMs) / 1000) * media.playbackRate : 0;
  return {
    type: media.isPlaying ? play : pause,
    id,
    currentTime: media.currentTime + playedS,
    volume: media.volume,
    muted: media.isMuted,
    playbackRate: media.playbackRate,
    loop: media.isLooped,
  };
}

function numberOr(value: unknown, other: number): number {
  return isFiniteNumber(value) ? value : other;
}
