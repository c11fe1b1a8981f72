import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The program around @vladmandic/human: one JSON request a line on standard input, one JSON answer a line on channel 3.
 * The package is not there while the types are checked, so what is used of it is written down here.
 */
type Tensor = { dispose(): void };
type Face = { embedding?: readonly number[]; real?: number; live?: number };
type Result = {
  readonly face: readonly Face[];
  readonly performance: Readonly<Record<string, number>>;
  error?: string;
};
type Human = {
  readonly version: string;
  readonly tf: {
    readonly version: { readonly 'tfjs-core': string };
    getBackend(): string;
    env(): { getBool(flag: string): boolean };
    tensor(values: Float32Array, shape: readonly number[], type: 'float32'): Tensor;
  };
  load(): Promise<void>;
  detect(input: Tensor, config: object): Promise<Result>;
};

const packages = join(import.meta.dirname, 'node_modules');
const modelFolder = pathToFileURL(join(packages, '@vladmandic/human/models/')).href;
const off = { enabled: false };
const on = { enabled: true };

const common = {
  backend: 'wasm',
  wasmPath: join(packages, '@tensorflow/tfjs-backend-wasm/dist/'),
  modelBasePath: modelFolder,
  debug: false,
  // One stage after the other: only then does it say how long each took.
  async: false,
  // Every run computes everything: 0 also turns off each model's own skipping of frames.
  cacheSensitivity: 0,
  cacheModels: false,
  warmup: 'none',
  ...{ filter: off, gesture: off, body: off, hand: off, object: off, segmentation: off },
};
const stages = { emotion: off, iris: off, attention: off };
const configs = {
  detect: { detector: { rotation: false }, ...stages, mesh: off, description: off, antispoof: off, liveness: off },
  // Rotation straightens the face by its mesh before it is described, as our aligning does by its landmarks.
  whole: { detector: { rotation: true }, ...stages, mesh: on, description: on, antispoof: on, liveness: on },
};

/** The library fetches its models; here they are files, and nothing ever asks a network. */
globalThis.fetch = async (input) => {
  const url = input instanceof Request ? input.url : String(input);
  const type = url.endsWith('.json') ? 'application/json' : 'application/octet-stream';
  return new Response(await readFile(fileURLToPath(url)), { headers: { 'content-type': type } });
};

type Picture = { readonly width: number; readonly height: number; readonly pixels: Buffer };
let human: Human | undefined;
let picture: Picture | undefined;

async function open(request: { width: number; height: number; pixels: string }) {
  picture = { width: request.width, height: request.height, pixels: Buffer.from(request.pixels, 'base64') };
  // By its path, because the package's own table of entries does not offer this one to Node.
  const load = createRequire(import.meta.url);
  const library = load(join(packages, '@vladmandic/human/dist/human.node-wasm.js')) as {
    Human: new (config: object) => Human;
  };
  human = new library.Human({ ...common, face: { enabled: true, ...configs.whole } });
  await human.load();
  const simd = human.tf.env().getBool('WASM_HAS_SIMD_SUPPORT') ? ' with SIMD' : '';
  return { version: human.version, backend: `tfjs ${human.tf.version['tfjs-core']} ${human.tf.getBackend()}${simd}` };
}

async function run({ what }: { what: keyof typeof configs }) {
  if (!human || !picture) throw new Error('run before open');
  const start = performance.now();
  const input = human.tf.tensor(withoutAlpha(picture), [1, picture.height, picture.width, 3], 'float32');
  const result = await human.detect(input, { face: configs[what] });
  input.dispose();
  const ms = performance.now() - start;
  if (result.error) throw new Error(result.error);
  const found = result.face.map(({ embedding = [], real = 0, live = 0 }) => ({
    // An embedding of zeros or worse is none.
    embedding: embedding.every(Number.isFinite) && embedding.some(Boolean) ? embedding.length : 0,
    real,
    live,
  }));
  return { ms, faces: found, stages: result.performance };
}

/** The library's own way to leave the alpha out takes longer than its detector: it is not charged for that. */
function withoutAlpha({ width, height, pixels }: Picture): Float32Array {
  const rgb = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    rgb[to] = pixels[from] as number;
    rgb[to + 1] = pixels[from + 1] as number;
    rgb[to + 2] = pixels[from + 2] as number;
  }
  return rgb;
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer: object;
  try {
    const request = JSON.parse(line);
    answer = request.op === 'open' ? await open(request) : await run(request);
  } catch (error) {
    answer = { error: (error as Error).message };
  }
  writeSync(3, `${JSON.stringify(answer)}\n`);
}
