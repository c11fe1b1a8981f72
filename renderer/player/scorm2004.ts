import * as library from 'scorm-again/scorm2004/min';
import type { PackageSaid } from '../../contract/words/scorm.ts';
import { heldToMastery, LEARNER_ID, type Opening, type PackageApi, percentOf, QUIET, stateOf } from './api.ts';

// Its types call it the default of this file; its code does not.
const { Scorm2004API } = library as unknown as Pick<typeof import('scorm-again'), 'Scorm2004API'>;

/** The interface of SCORM 2004, of one thing alone: nothing is sequenced. */
export function openScorm2004({ unit, name, said, state }: Opening): PackageApi {
  const api = new Scorm2004API(QUIET);
  let over = false;
  api.on('Initialize', () => {
    over = false;
  });
  api.on('Terminate', () => {
    over = true;
  });
  const done = said?.status === 'completed' || said?.status === 'passed';
  api.loadFromJSON(
    {
      ...{ learner_id: LEARNER_ID, learner_name: name, credit: 'credit', mode: 'normal' },
      ...{ entry: state ? 'resume' : 'ab-initio', location: state?.location ?? '' },
      completion_status: done ? 'completed' : said ? 'incomplete' : 'unknown',
      success_status: said?.status === 'passed' || said?.status === 'failed' ? said.status : 'unknown',
      suspend_data: state?.suspendData ?? '',
      launch_data: unit.launchData ?? '',
      scaled_passing_score: unit.masteryScore === undefined ? '' : String(unit.masteryScore),
    },
    'cmi',
  );
  return {
    name: 'API_1484_11',
    api,
    said(left = false) {
      const { cmi } = api;
      const { raw, min, max, scaled } = cmi.score;
      const status = statusOf(cmi.completion_status, cmi.success_status);
      const held = { score: scaled, mastery: unit.masteryScore, over: over || left };
      return {
        said: { status: heldToMastery({ status, ...held }), ...percentOf(raw, min, max, scaled) },
        state: stateOf(cmi.location, cmi.suspend_data),
        over,
      };
    },
  };
}

/** Two words become one: who failed is not through, however much of it they saw. */
function statusOf(completion: string, success: string): PackageSaid['status'] {
  if (success === 'passed' || success === 'failed') return success;
  return completion === 'completed' ? 'completed' : 'incomplete';
}
