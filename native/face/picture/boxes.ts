import type { Region } from './pixels.ts';

/** Greedy non-maximum suppression: the surest of those that overlap by more than this part of both together. */
export function withoutOverlaps<B extends Region & { readonly score: number }>(
  boxes: readonly B[],
  limit: number,
  alike: (one: B, other: B) => boolean = () => true,
): B[] {
  const kept: B[] = [];
  for (const box of boxes.toSorted((p, q) => q.score - p.score)) {
    if (kept.every((other) => !alike(box, other) || overlap(box, other) <= limit)) kept.push(box);
  }
  return kept;
}

/** Intersection over union, 0..1. */
export function overlap(p: Region, q: Region): number {
  const width = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
  const height = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (p.width * p.height + q.width * q.height - shared);
}
