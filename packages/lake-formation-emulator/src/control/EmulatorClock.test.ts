import { createClock } from './EmulatorClock';

const NOON = Date.parse('2026-01-01T12:00:00Z');

describe('the clock', () => {
  const start = () => {
    const machine = { time: NOON };
    const clock = createClock(() => machine.time);
    const seconds = () => (clock.now().getTime() - NOON) / 1000;
    return { machine, clock, seconds };
  };

  it('runs with the machine, from where it was set or moved to', () => {
    const { machine, clock, seconds } = start();
    expect(seconds()).toBe(0);
    clock.advance(60_000);
    machine.time += 5_000;
    expect(seconds()).toBe(65);
    clock.set(new Date(NOON));
    machine.time += 1_000;
    expect(seconds()).toBe(1);
  });

  it('stands still while it is frozen, and can be moved all the same', () => {
    const { machine, clock, seconds } = start();
    clock.freeze();
    machine.time += 5_000;
    expect(seconds()).toBe(0);
    clock.advance(10_000);
    expect(seconds()).toBe(10);
    expect(clock.isFrozen()).toBe(true);

    clock.run();
    machine.time += 2_000;
    expect(seconds()).toBe(12);
    expect(clock.isFrozen()).toBe(false);
  });
});
