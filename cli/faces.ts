import { readVariable, readVariables } from '../contract/shell/variables.ts';
import { type FaceModels, faceModels } from '../native/face/index.ts';

/** The networks that commands look with, as the variables say. @throws Refusal `models-missing` where no profile has that name */
export const modelsHere = (): FaceModels => faceModels(readVariables(['models', 'faceProfile'], process.env));

/** The file of this site's own thresholds, where the variables name one. */
export const ownCalibration = (): string | undefined => readVariable('calibration', process.env);
