/** Who is in the picture, are they live, and are they who they say: see DESIGN 6. */
export type { Description, Observation } from './analyse.ts';
export { CALIBRATION_ID, thresholds } from './calibration.ts';
export { type Capture, judgeCapture, type Thresholds } from './decide.ts';
export { cosine, meanDirection } from './embedder.ts';
export { type FaceEngine, openFaceEngine } from './engine.ts';
export { type FetchOutcome, fetchModel } from './fetch-models.ts';
export { type ModelStatus, modelFolders, modelStatus, ownModelFolder, wantedModels } from './model-store.ts';
export type { Picture } from './pixels.ts';
export { decodeStill } from './still.ts';
