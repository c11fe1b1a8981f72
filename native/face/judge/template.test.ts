import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sha256 } from '../../../contract/words/ids.ts';
import { cosine } from '../networks/embedder.ts';
import { type AddedFace, likenessTo, type Template } from './template.ts';

const BOUNDS = { embedder: 'net@1', accept: 0.6, refuseBelow: 0.4 };

/** A unit vector in the plane, so many degrees from the first. */
const at = (degrees: number): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.from([Math.cos(angle), Math.sin(angle), 0, 0]);
};
const faceAt = (degrees: number, name = 'a'): AddedFace => ({
  template: Sha256.parse(name.repeat(64)),
  vector: at(degrees),
});
const PHOTOS = { model: 'net@1', vectors: [at(0)] };
const ask = (degrees: number, ...added: readonly AddedFace[]) => likenessTo({ ...PHOTOS, added }, at(degrees), BOUNDS);

describe('a face that was added', () => {
  // 53 degrees is 0.6, 66 degrees 0.4.
  it('makes a match of a look that the photos leave open, and says which it was', () => {
    const { similarity, byAdded } = ask(60, faceAt(-30, 'b'), faceAt(30, 'c'));
    expect(similarity).toBeCloseTo(cosine(at(0), at(30)), 5);
    expect(byAdded?.template).toBe('c'.repeat(64));
    expect(byAdded?.enrolled).toBeCloseTo(0.5, 5);
  });

  it('is not asked where the photos know somebody', () => {
    expect(ask(40, faceAt(40))).toEqual(ask(40));
  });

  it('lets in nobody whom the photos call somebody else, however alike', () => {
    expect(ask(70, faceAt(50))).toEqual(ask(70));
    expect(ask(70, faceAt(50)).similarity).toBeLessThan(BOUNDS.refuseBelow);
  });

  it('that the photos would not accept counts for nothing', () => {
    expect(ask(60, faceAt(60))).toEqual(ask(60));
    // Nor where another added face would accept it.
    expect(ask(60, faceAt(-60), faceAt(60), faceAt(30, 'c')).byAdded?.template).toBe('c'.repeat(64));
  });

  it('is never compared with a look of another network', () => {
    const seen = likenessTo({ ...PHOTOS, model: 'net@2', added: [faceAt(30)] }, at(60), BOUNDS);
    expect(seen).toEqual({ similarity: Number.NaN });
  });

  it('is no photo: without any there is nothing to compare with', () => {
    expect(likenessTo({ ...PHOTOS, vectors: [], added: [faceAt(0)] }, at(0), BOUNDS)).toEqual({
      similarity: Number.NaN,
    });
  });
});

const aVector = fc.integer({ min: -100, max: 100 }).map(at);
const aTemplate: fc.Arbitrary<Template> = fc.record({
  model: fc.constant('net@1'),
  vectors: fc.array(aVector, { minLength: 1, maxLength: 5 }),
  added: fc.array(fc.record({ template: fc.constant(Sha256.parse('d'.repeat(64))), vector: aVector }), {
    minLength: 1,
    maxLength: 3,
  }),
});

describe('whatever was added', () => {
  const nearest = ({ vectors }: Template, probe: Float32Array) =>
    Math.max(...vectors.map((vector) => cosine(vector, probe)));

  it('whoever is accepted is somebody whom the photos do not call somebody else', () => {
    let byAdded = 0;
    fc.assert(
      fc.property(aTemplate, aVector, (template, probe) => {
        const seen = likenessTo(template, probe, BOUNDS);
        if (seen.byAdded) byAdded += 1;
        if (seen.similarity >= BOUNDS.accept)
          expect(nearest(template, probe)).toBeGreaterThanOrEqual(BOUNDS.refuseBelow);
        expect(seen.byAdded !== undefined).toBe(seen.similarity !== nearest(template, probe));
      }),
      { numRuns: 2_000 },
    );
    // Where none ever had a say, nothing was shown.
    expect(byAdded).toBeGreaterThan(20);
  });

  it('nobody who is accepted by the photos is accepted less', () => {
    fc.assert(
      fc.property(aTemplate, aVector, ({ added: _, ...photos }, probe) => {
        const before = likenessTo(photos, probe, BOUNDS).similarity;
        fc.pre(before >= BOUNDS.accept);
        expect(
          likenessTo({ ...photos, added: [{ template: Sha256.parse('d'.repeat(64)), vector: probe }] }, probe, BOUNDS),
        ).toEqual({ similarity: before });
      }),
    );
  });
});
