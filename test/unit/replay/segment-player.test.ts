import { describe, expect, it } from 'vitest';
import { tenSeconds, World } from './fake-stage';

describe('seeking', () => {
  it('builds and shows the segment of the moment, and destroys the previous scene', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.seek(4500);
    await world.settle();
    expect(world.log).toEqual(['build 4 at 4500', 'show 4']);
    expect(world.seeked.at(-1)).toBe(4500);
    expect(world.alive.size).toBe(1);
    expect(world.prefetched.at(-1)).toBe(5);
  });

  it('advances the same scene within a segment, and builds a new one to go back', async () => {
    const world = new World(tenSeconds());
    await world.open(4200);
    world.player.seek(4800);
    await world.settle();
    world.player.seek(4100);
    await world.settle();
    expect(world.log).toEqual(['advance 4 to 4800', 'build 4 at 4100', 'show 4']);
  });

  it('stays within the session, and shows its last event', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.seek(99_999);
    await world.settle();
    expect(world.player.atMs).toBe(10_000);
    expect(world.log[0]).toBe('build 9 at 10001');
    world.player.seek(-5);
    await world.settle();
    expect(world.player.atMs).toBe(0);
  });

  it('shows the newest requested moment, and drops segments that load too late', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.loaded.clear();
    world.player.seek(2500);
    await world.settle();
    world.player.seek(3500);
    world.player.seek(7500);
    expect(world.loads.map(({ index }) => index)).toEqual([2]);
    world.loads[0]?.answer();
    await world.settle();
    expect(world.loads.map(({ index }) => index)).toEqual([2, 7]);
    world.loads[1]?.answer();
    await world.settle();
    expect(world.log).toEqual(['build 7 at 7500', 'show 7']);
    expect(world.seeked.at(-1)).toBe(7500);
  });

  it('uses the segment of an older seek if it contains the newest moment', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.loaded.clear();
    world.player.seek(2500);
    await world.settle();
    world.player.seek(2100);
    world.loads[0]?.answer();
    await world.settle();
    expect(world.log).toEqual(['build 2 at 2100', 'show 2']);
  });

  it('shows pages during a long drag, even outdated ones', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.loaded.clear();
    world.player.seek(2500);
    await world.settle();
    world.clockMs += 130;
    world.player.seek(7500);
    world.loads[0]?.answer();
    await world.settle();
    expect(world.log).toEqual(['build 2 at 2500', 'show 2']);
    expect(world.seeked).not.toContain(2500);
    world.loads[1]?.answer();
    await world.settle();
    expect(world.seeked.at(-1)).toBe(7500);
  });

  it('rebuilds a scene that fails to advance', async () => {
    const world = new World(tenSeconds());
    await world.open(4200);
    world.isStuck = true;
    world.player.seek(4800);
    await world.settle();
    expect(world.log).toEqual(['build 4 at 4800', 'show 4']);
    expect(world.failures).toEqual([]);
  });

  it('reports a segment that can’t be read', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.loaded.clear();
    world.player.seek(2500);
    await world.settle();
    world.loads[0]?.refuse(new Error('vault-damaged'));
    await world.settle();
    expect(world.failures).toHaveLength(1);
  });
});

describe('playing', () => {
  it('switches to the prepared scene at a segment boundary without stopping the clock', async () => {
    const world = new World(tenSeconds());
    await world.open(500);
    world.player.play();
    await world.pass(700);
    expect(world.log).toEqual(['play 0 from 500', 'build 1 at 1000', 'play 1 from 1000', 'show 1', 'build 2 at 2000']);
    expect(world.player.atMs).toBe(1200);
    expect(world.shown?.index).toBe(1);
  });

  it('plays to the window’s last event, stops, and restarts from the beginning', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.play();
    await world.pass(10_500);
    expect(world.times.at(-1)).toEqual({ atMs: 9990, isPlaying: false });
    world.player.play();
    await world.settle();
    expect(world.log.slice(-3)).toEqual(['build 0 at 0', 'show 0', 'play 0 from 0']);
  });

  it('waits until the next segment is loaded', async () => {
    const world = new World(tenSeconds());
    await world.open(900);
    world.loaded.clear();
    world.canPrefetch = false;
    world.player.play();
    await world.pass(200);
    const atMs = world.player.atMs;
    await world.pass(1000);
    expect(world.player.atMs).toBe(atMs);
    world.loads.at(-1)?.answer();
    await world.settle();
    await world.pass(200);
    expect(world.player.atMs).toBeGreaterThan(atMs);
  });

  it('continues after a seek once its page is painted', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.play();
    await world.pass(200);
    world.loaded.clear();
    world.player.seek(5500);
    await world.pass(500);
    expect(world.times.at(-1)).toEqual({ atMs: 5500, isPlaying: true });
    world.loads.at(-1)?.answer();
    await world.settle();
    await world.pass(200);
    expect(world.player.atMs).toBe(5700);
  });

  it('plays at its speed', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.setSpeed(4);
    world.player.play();
    await world.pass(1000);
    expect(world.player.atMs).toBe(4000);
  });

  it('doesn’t run twice when it is paused and started within a frame', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.play();
    world.player.pause();
    world.player.play();
    world.times.length = 0;
    await world.pass(100);
    expect(world.times).toHaveLength(1);
  });
});

describe('idle time', () => {
  const idle: [number, number][] = [[1500, 8500]];

  it('is skipped during playback, to a prepared scene', async () => {
    const world = new World(tenSeconds({ idle }));
    await world.open();
    world.player.setSkippingIdle(true);
    world.player.play();
    await world.pass(2600);
    expect(world.log.filter((line) => /^(build|show) 7/.test(line))).toEqual(['build 7 at 7800', 'show 7']);
    expect(world.log.some((line) => line.startsWith('show 3'))).toBe(false);
  });

  it('is played if skipping is off or a seek leads into it', async () => {
    const world = new World(tenSeconds({ idle }));
    await world.open();
    world.player.setSkippingIdle(true);
    world.player.seek(5000);
    await world.settle();
    expect(world.player.atMs).toBe(5000);
    world.player.setSkippingIdle(false);
    world.player.play();
    await world.pass(1000);
    expect(world.player.atMs).toBe(6000);
  });
});

describe('a window without a page', () => {
  it('is blank long before its first page, and shows a page that begins soon', async () => {
    const world = new World(tenSeconds());
    world.pages.set(0, 900);
    await world.open(0);
    expect(world.blank).toBeUndefined();

    const late = new World(tenSeconds({ segments: tenSeconds().segments.slice(5) }));
    await late.open(0);
    expect(late.blank).toBe('nothing-yet');
    late.player.seek(6500);
    await late.settle();
    expect(late.blank).toBeUndefined();
  });

  it('starts the scene when its page begins', async () => {
    const world = new World(tenSeconds({ segments: tenSeconds().segments.slice(5) }));
    await world.open(3000);
    world.player.play();
    await world.pass(1500);
    const started = (): string[] => world.log.filter((line) => line.startsWith('play'));
    expect(started()).toEqual([]);
    await world.pass(700);
    expect(started()).toEqual(['play 0 from 5000']);
    expect(world.blank).toBeUndefined();
  });
});

describe('a recording that grows', () => {
  it('keeps its position and shows the new events', async () => {
    const world = new World(tenSeconds());
    await world.open(9500);
    const grown = tenSeconds({ durationMs: 12_000 });
    const last = grown.segments[9];
    if (last) last.endMs = 11_900;
    world.player.setIndex(grown);
    await world.settle();
    expect(world.log).toEqual(['build 9 at 9500', 'show 9']);
    expect(world.player.atMs).toBe(9500);
    world.player.seek(11_500);
    await world.settle();
    expect(world.log.at(-1)).toBe('advance 9 to 11500');
  });

  it('keeps playing when only idle spans are added', async () => {
    const world = new World(tenSeconds());
    await world.open();
    world.player.play();
    await world.pass(300);
    world.log.length = 0;
    world.player.setIndex(tenSeconds({ idle: [[5000, 9000]] }));
    await world.pass(300);
    expect(world.player.atMs).toBe(600);
    expect(world.log.filter((line) => line.startsWith('show'))).toEqual([]);
  });
});
