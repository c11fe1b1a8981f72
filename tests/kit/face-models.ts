import { readVariables } from '../../contract/shell/variables.ts';
import { faceModels } from '../../native/face/index.ts';

/** The networks that tests, benches and scripts look with. */
export const MODELS = faceModels(readVariables(['models', 'faceProfile'], process.env));
