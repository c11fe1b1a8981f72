/** Who is in the picture, are they live, and are they who they say: see DESIGN 6. */
export { type FaceEngine, openFaceEngine } from './engine/engine.ts';
export type { Enrolment, Observation, Signs } from './engine/observation.ts';
export { whenLoaded } from './engine/when-loaded.ts';
export { judgeCapture, type Thresholds } from './judge/capture.ts';
export {
  amountMade,
  areAll,
  type Challenge,
  gestureAsked,
  hindrance,
  isNobodyElse,
  startChallenge,
  watchGesture,
} from './judge/challenge.ts';
export { drawGestures, drawReturn } from './judge/draw.ts';
export { faceToAdd, sureFrom } from './judge/face-to-add.ts';
export { judgeLight, type LightSample, type LightVerdict } from './judge/light.ts';
export { drawLight, LIGHT_MS, STEP_MS } from './judge/light-steps.ts';
export {
  type Condition,
  type Finding,
  type Monitor,
  startMonitor,
  watchSeat,
} from './judge/monitor.ts';
export { type AddedFace, type Template, templateOf } from './judge/template.ts';
export { cosine, meanDirection } from './networks/embedder.ts';
export { picturesIn } from './picture/mjpeg.ts';
export { fitSimilarity, type LentPicture, type Picture, throughSimilarity } from './picture/pixels.ts';
export { decodeStill } from './picture/still.ts';
export { VIEW_LIMITS } from './quality/limits.ts';
export type { Measure, QualityReport } from './quality/report.ts';
export { judgeView } from './quality/view.ts';
export {
  Calibration,
  type CurvePoint,
  readCalibration,
  shippedCalibration,
  shippedFor,
} from './weights/calibration.ts';
export { type FaceModels, faceModels, ownModelFolder } from './weights/face-models.ts';
export { type FetchOutcome, fetchModel } from './weights/fetch-models.ts';
export { MODEL_ROLES, validatedProfiles } from './weights/manifest.ts';
export { type ModelStatus, modelStatus } from './weights/model-store.ts';
