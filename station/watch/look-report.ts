import type { LookReport } from '../../contract/page/view.ts';
import type { FaceEngine, Observation } from '../../native/face/index.ts';

/** An engine that remembers what its newest look was like, for the overlay; embeddings and scores are not in it. */
export function reportLooks(
  engine: FaceEngine,
  onLook: () => void,
): { readonly engine: FaceEngine; readonly newest: LookReport | undefined } {
  let newest: LookReport | undefined;
  return {
    engine: {
      ...engine,
      async observe(picture, wish) {
        const seen = await engine.observe(picture, wish);
        newest = reportOf(seen, engine.lanes);
        onLook();
        return seen;
      },
    },
    get newest() {
      return newest;
    },
  };
}

const reportOf = ({ faces, costMs, quality, reason }: Observation, lanes: number): LookReport => ({
  lanes,
  faces: faces.length,
  costMs: { ...costMs },
  quality: quality
    .filter(({ value }) => Number.isFinite(value))
    .map(({ component, value, verdict }) => ({ component, value, verdict })),
  ...(reason ? { reason } : {}),
});
