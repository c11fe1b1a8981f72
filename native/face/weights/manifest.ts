import { z } from 'zod';
import { Refusal } from '../../../contract/words/reasons.ts';
import file from '../../../models/manifest.json' with { type: 'json' };

export const MODEL_ROLES = [
  'detector',
  'embedder',
  'antiSpoofV1SE',
  'antiSpoofPv1',
  'mesh',
  'blendshapes',
  'headPose',
  'eye',
  'objects',
] as const;
export type ModelRole = (typeof MODEL_ROLES)[number];

const Model = z
  .strictObject({
    role: z.enum(MODEL_ROLES),
    file: z.string(),
    sha256: z.hex().length(64),
    bytes: z.int(),
    licence: z.string(),
    /** Where its publisher keeps these very bytes; absent where nobody does. */
    source: z.url().optional(),
  })
  .readonly();
export type Model = z.infer<typeof Model>;

const Manifest = z.strictObject({
  id: z.string(),
  models: z.array(Model),
  /** Other networks in the place of some of these. */
  profiles: z.record(
    z.string(),
    z.strictObject({ status: z.enum(['validated', 'unvalidated']), why: z.string(), models: z.array(Model) }),
  ),
});
const manifest = Manifest.parse(file);

export type Profile = {
  readonly id: string;
  /** Whether the calibration that ships is of it. An unvalidated one runs only with a calibration of its own. */
  readonly status: 'validated' | 'unvalidated';
  readonly models: Readonly<Record<ModelRole, Model>>;
};

/**
 * The pack's networks, or those of one of its profiles.
 * @throws Refusal `models-missing` where no profile has that name
 */
export function profileNamed(name: string | undefined): Profile {
  const usual = Object.fromEntries(manifest.models.map((model) => [model.role, model])) as Profile['models'];
  if (!name) return { id: manifest.id, status: 'validated', models: usual };
  const profile = manifest.profiles[name];
  if (!profile) {
    const known = Object.keys(manifest.profiles).join(', ');
    throw new Refusal('models-missing', `there is no profile ${name}; there is ${known}`);
  }
  const changed = Object.fromEntries(profile.models.map((model) => [model.role, model]));
  return { id: `${manifest.id}/${name}`, status: profile.status, models: { ...usual, ...changed } };
}

/** Names of the profiles that a calibration ships for. */
export const validatedProfiles = (): readonly string[] =>
  Object.keys(manifest.profiles).filter((name) => manifest.profiles[name]?.status === 'validated');

const idOf = ({ file, sha256 }: Model): string => `${file}@${sha256.slice(0, 8)}`;

/** The network that a profile's embeddings are of. Vectors of another cannot be compared with them. */
export const embedderOf = ({ models }: Profile): string => idOf(models.embedder);

/** The two networks whose odds together are a profile's passive liveness. */
export const antiSpoofOf = ({ models }: Profile): string =>
  [models.antiSpoofV1SE, models.antiSpoofPv1].map(idOf).join(' + ');
