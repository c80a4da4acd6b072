import { describe, expect, it } from 'vitest';
import { PageAnimations } from '../../../src-renderer/replay/page-animations';

interface Faked {
  playState: AnimationPlayState;
  effect: { getComputedTiming: () => { endTime: number } };
  pause: () => void;
  play: () => void;
  finish: () => void;
}

function animation(endTime: number, playState: AnimationPlayState = 'running'): Faked {
  const faked: Faked = {
    playState,
    effect: { getComputedTiming: () => ({ endTime }) },
    pause: () => (faked.playState = 'paused'),
    play: () => (faked.playState = 'running'),
    finish: () => (faked.playState = 'finished'),
  };
  return faked;
}

const pageOf = (...all: Faked[]): Document => ({ getAnimations: () => all }) as unknown as Document;

describe('PageAnimations', () => {
  it('finishes short animations after a jump, and pauses long and endless ones', () => {
    const [fade, countdown, pulse] = [animation(300), animation(30_000), animation(Infinity)];
    const animations = new PageAnimations();
    animations.settle(pageOf(fade, countdown, pulse));
    expect([fade, countdown, pulse].map(({ playState }) => playState)).toEqual(['finished', 'paused', 'paused']);
    animations.resume();
    expect([fade, countdown, pulse].map(({ playState }) => playState)).toEqual(['finished', 'running', 'running']);
  });

  it('pauses animations when playback stops, and resumes them', () => {
    const fade = animation(300);
    const animations = new PageAnimations();
    animations.hold(pageOf(fade));
    expect(fade.playState).toBe('paused');
    animations.resume();
    expect(fade.playState).toBe('running');
  });

  it('keeps animations paused that the page itself had paused', () => {
    const own = animation(300, 'paused');
    const animations = new PageAnimations();
    animations.settle(pageOf(own));
    animations.resume();
    expect(own.playState).toBe('paused');
  });
});
