import { expect, test } from 'vitest';
import { judgeSamples, type Sample } from './judge-samples.ts';

/** Ten minutes, a sample every 5 s, with the saw's teeth that collections make. */
function samples(change: (sample: Sample) => Partial<Sample> = () => ({})): readonly Sample[] {
  return Array.from({ length: 120 }, (_, index) => {
    const warm = Math.max(0, 20 - index);
    const sample = {
      second: index * 5,
      resident: 150 - warm + (index % 4),
      heap: 40 - warm + ((index * 7) % 30),
      descriptors: 60 + (index % 3),
      handles: 44,
      sessions: 10,
    };
    return { ...sample, ...change(sample) };
  });
}

test('memory that finds its level and stays there is flat', () => {
  const { problems, resident } = judgeSamples(samples(), 10);
  expect(problems).toEqual([]);
  expect(Math.abs(resident)).toBeLessThan(0.02);
});

test.each([
  ['resident memory grew', ({ second, resident }: Sample) => ({ resident: resident + second / 15 })],
  ['the heap grew', ({ second, heap }: Sample) => ({ heap: heap + second / 60 })],
  ['descriptors grew', ({ second, descriptors }: Sample) => ({ descriptors: descriptors + Math.floor(second / 20) })],
  ['handles grew', ({ second, handles }: Sample) => ({ handles: handles + Math.floor(second / 20) })],
  ['Postgres had 11 sessions', ({ second }: Sample) => ({ sessions: second === 300 ? 11 : 10 })],
])('%s is told', (problem, change) => {
  expect(judgeSamples(samples(change), 10).problems.join()).toContain(problem);
});

test('too short a soak says nothing', () => {
  expect(() => judgeSamples(samples().slice(0, 15), 10)).toThrow('too few');
});
