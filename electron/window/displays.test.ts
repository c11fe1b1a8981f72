import { expect, test } from 'vitest';
import { displayMeant, displaysSeen } from './displays.ts';

const at = (x: number, label: string) => ({ label, bounds: { x, y: 0, width: 1920, height: 1080 } });
const displays = [at(0, 'HDMI-1'), at(1920, 'DP-2'), at(-1920, '')];

test('displays are counted from the left, and told apart by what stands on them', () => {
  expect(displaysSeen(displays)).toEqual([
    { place: 1, label: '', size: '1920 × 1080' },
    { place: 2, label: 'HDMI-1', size: '1920 × 1080' },
    { place: 3, label: 'DP-2', size: '1920 × 1080' },
  ]);
});

test.each([
  ['1', -1920],
  ['3', 1920],
  ['HDMI-1', 0],
  ['4', undefined],
  ['DVI', undefined],
])('display %s', (meant, x) => {
  expect(displayMeant(displays, meant)?.bounds.x).toBe(x);
});
