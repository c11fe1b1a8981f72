import { describe, expect, it } from 'vitest';
import { MODELS } from '../../../tests/kit/face-models.ts';
import { cutFor } from '../networks/embedder.ts';
import type { Network, Outputs } from '../networks/network.ts';
import { MODEL_ROLES, type ModelRole } from '../weights/manifest.ts';
import { openEye } from './eye.ts';
import type { Networks } from './networks.ts';

/**
 * An eye whose networks say what a test says: one face in the middle of every picture, all else as wished. What a network
 * answers to garbage is not for the eye to trust.
 */
const ROWS = { 8: 1280, 16: 320, 32: 80 } as const;
function detector(value = 1): Outputs {
  const outputs: Record<string, Float32Array> = {};
  for (const [stride, rows] of Object.entries(ROWS)) {
    outputs[`cls_${stride}`] = new Float32Array(rows);
    outputs[`obj_${stride}`] = new Float32Array(rows);
    outputs[`bbox_${stride}`] = new Float32Array(rows * 4);
    outputs[`kps_${stride}`] = new Float32Array(rows * 10);
  }
  // Of the 10 x 8 cells of stride 32, the one in the middle: 64 x 96 at half the size.
  const cell = 35;
  outputs.cls_32?.fill(value, cell, cell + 1);
  outputs.obj_32?.fill(value, cell, cell + 1);
  outputs.bbox_32?.set([0.5, 0.5, Math.log(2), Math.log(3)], cell * 4);
  outputs.kps_32?.set([0, 0, 1, 0, 0.5, 0.5, 0.1, 1, 0.9, 1], cell * 10);
  return outputs;
}
const usual: Readonly<Record<ModelRole, () => Outputs>> = {
  detector,
  embedder: () => ({ '658': new Float32Array(256).fill(1) }),
  antiSpoofV1SE: () => ({ output: Float32Array.from([0, 9, 0]) }),
  antiSpoofPv1: () => ({ output: Float32Array.from([0, 9, 0]) }),
  mesh: () => ({ Identity: new Float32Array(478 * 3).fill(128), Identity_1: Float32Array.from([9]) }),
  blendshapes: () => ({ StatefulPartitionedCall: new Float32Array(52) }),
  headPose: () => ({
    angle_y_fc: new Float32Array(1),
    angle_p_fc: new Float32Array(1),
    angle_r_fc: new Float32Array(1),
  }),
  eye: () => ({ '19': Float32Array.from([0, 1]) }),
  objects: () => ({ output: new Float32Array(3549 * 85) }),
};

function eyeWith(changes: Partial<typeof usual> = {}) {
  const ran: ModelRole[] = [];
  const network =
    (role: ModelRole): Network =>
    async () => {
      ran.push(role);
      return (changes[role] ?? usual[role])();
    };
  const near = Object.fromEntries(MODEL_ROLES.map((role) => [role, network(role)])) as Networks['near'];
  return { eye: openEye({ near, far: near, cut: cutFor(MODELS.profile.models.embedder.file) }), ran };
}
/** Stripes across stripes: sharp, and as little noise as an even wall. */
const woven = (at: number): number => (((at % 640) * 37) % 49) + ((Math.floor(at / 640) * 53) % 49);
/** Of each pixel by itself. */
const grainy = (at: number): number => (at * 2_654_435_761) % 97;

/** Coloured as skin: sharp, lit and natural enough. */
function picture(light = 150, grainAt = woven) {
  const pixels = new Uint8Array(640 * 480 * 4);
  for (let at = 0; at < 640 * 480; at++) {
    const grain = grainAt(at) * (light / 150);
    pixels.set([light * 0.7 + grain, light * 0.5 + grain * 0.75, light * 0.4 + grain * 0.6, 255], at * 4);
  }
  return { width: 640, height: 480, pixels };
}
const NAN = (length: number): Float32Array => new Float32Array(length).fill(Number.NaN);
const identify = { depth: 'identify' } as const;

describe('an eye', () => {
  it('sees a person where all is well, and ran each network once, the embedder for the mirror image too', async () => {
    const { eye, ran } = eyeWith();
    const { person, reason, faces, signs } = await eye.observe(picture(), identify);
    expect([reason, faces.length, person?.embedding.length]).toEqual([undefined, 1, 256]);
    expect(person?.live).toBeGreaterThan(0.99);
    expect(signs).toMatchObject({ yaw: 0, eyesOpen: 1, mouthOpen: 0 });
    expect(ran.toSorted()).toEqual([
      'antiSpoofPv1',
      'antiSpoofV1SE',
      'blendshapes',
      'detector',
      'embedder',
      'embedder',
      'eye',
      'eye',
      'headPose',
      'mesh',
    ]);
  });

  it('leaves the mirror image out where it is told to', async () => {
    const { eye, ran } = eyeWith();
    const { person } = await eye.observe(picture(), { ...identify, mirror: false });
    expect(person?.embedding.length).toBe(256);
    expect(ran.filter((role) => role === 'embedder')).toHaveLength(1);
  });

  it('looks only as deep as a frame deserves', async () => {
    const dark = eyeWith();
    expect((await dark.eye.observe(picture(5), identify)).reason).toBe('too-dark');
    expect(dark.ran).toEqual(['detector']);
    const nobody = eyeWith({ detector: () => detector(0) });
    expect((await nobody.eye.observe(picture(), identify)).reason).toBe('no-face');
    expect(new Set(nobody.ran)).toEqual(new Set(['detector']));
    const turned = eyeWith({ headPose: () => ({ ...usual.headPose(), angle_y_fc: Float32Array.from([50]) }) });
    expect((await turned.eye.observe(picture(), identify)).reason).toBe('face-turned');
    expect(turned.ran).not.toContain('embedder');
  });

  it('warns of noise, and compares in it', async () => {
    const notes = async (grainAt: typeof grainy) => {
      const { quality, person } = await eyeWith().eye.observe(picture(150, grainAt), identify);
      return [quality.flatMap(({ component, verdict }) => (component === 'Noise' ? [verdict] : [])), person?.live];
    };
    expect(await notes(grainy)).toEqual([['warn'], expect.any(Number)]);
    expect(await notes(woven)).toEqual([['pass'], expect.any(Number)]);
  });

  it('that watches neither asks who it is nor whether it is live, and looks for things when told to', async () => {
    const { eye, ran } = eyeWith();
    const seen = await eye.observe(picture(), { depth: 'watch' });
    expect([seen.person, seen.things, seen.signs?.yaw]).toEqual([undefined, undefined, 0]);
    expect(ran).not.toContain('antiSpoofPv1');
    expect(ran).not.toContain('embedder');
    expect((await eye.observe(picture(), { depth: 'watch', things: true })).things).toEqual([]);
  });

  it.each([
    ['embedder', () => ({ '658': NAN(256) })],
    ['embedder', () => ({ '658': new Float32Array(256) })],
    ['antiSpoofV1SE', () => ({ output: NAN(3) })],
    ['antiSpoofPv1', () => ({ output: NAN(3) })],
    ['blendshapes', () => ({ StatefulPartitionedCall: NAN(52) })],
    ['headPose', () => ({ angle_y_fc: NAN(1), angle_p_fc: NAN(1), angle_r_fc: NAN(1) })],
    ['eye', () => ({ '19': NAN(2) })],
  ] as const)('takes nobody for anybody when %s gives no numbers', async (role, garbage) => {
    await expect(eyeWith({ [role]: garbage }).eye.observe(picture(), identify)).rejects.toThrow('no numbers');
  });

  it('sees nobody in a detector that gives no numbers', async () => {
    expect((await eyeWith({ detector: () => detector(Number.NaN) }).eye.observe(picture(), identify)).reason).toBe(
      'no-face',
    );
    const noBoxes = () => ({ ...detector(), bbox_32: NAN(320) });
    expect((await eyeWith({ detector: noBoxes }).eye.observe(picture(), identify)).faces).toEqual([]);
  });

  it('does not go on from a mesh that lost its face', async () => {
    let broken = true;
    const mesh = () => (broken ? { Identity: NAN(478 * 3), Identity_1: NAN(1) } : usual.mesh());
    const { eye } = eyeWith({ mesh });
    expect((await eye.observe(picture(), identify)).person).toBeUndefined();
    broken = false;
    expect((await eye.observe(picture(), identify)).person).toBeDefined();
  });

  it('finds no thing in NaN, and fails where an output is missing', async () => {
    const { eye } = eyeWith({ objects: () => ({ output: NAN(3549 * 85) }) });
    expect((await eye.observe(picture(), { depth: 'watch', things: true })).things).toEqual([]);
    await expect(eyeWith({ embedder: () => ({}) }).eye.observe(picture(), identify)).rejects.toThrow('one output');
  });

  it('enrols a good photo and says all that is wrong with a bad one', async () => {
    expect(await eyeWith().eye.enrol(picture())).toMatchObject({ ok: true });
    expect(await eyeWith({ detector: () => detector(0) }).eye.enrol(picture())).toMatchObject({ reasons: ['no-face'] });
    const bad = eyeWith({
      headPose: () => ({ ...usual.headPose(), angle_p_fc: Float32Array.from([60]) }),
      blendshapes: () => ({ StatefulPartitionedCall: new Float32Array(52).fill(1) }),
      eye: () => ({ '19': Float32Array.from([1, 0]) }),
    });
    expect(await bad.eye.enrol(picture())).toMatchObject({
      ok: false,
      reasons: ['face-turned', 'eyes-closed', 'mouth-open'],
    });
  });
});
