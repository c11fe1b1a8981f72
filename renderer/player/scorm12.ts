import * as library from 'scorm-again/scorm12/min';
import type { PackageSaid } from '../../contract/words/scorm.ts';
import { LEARNER_ID, type Opening, type PackageApi, percentOf, QUIET, stateOf } from './api.ts';

const STATUS: Readonly<Record<string, PackageSaid['status']>> = {
  passed: 'passed',
  completed: 'completed',
  failed: 'failed',
};

// Its types call it the default of this file; its code does not.
const { Scorm12API } = library as unknown as Pick<typeof import('scorm-again'), 'Scorm12API'>;

/** The interface of SCORM 1.2, as it was when the package was open last. */
export function openScorm12({ unit, name, said, state }: Opening): PackageApi {
  // A score that passes passes, whatever the package calls it: so the standard has it.
  const api = new Scorm12API({ ...QUIET, mastery_override: true });
  let over = false;
  api.on('LMSInitialize', () => {
    over = false;
  });
  api.on('LMSFinish', () => {
    over = true;
  });
  api.loadFromJSON(
    {
      core: {
        ...{ student_id: LEARNER_ID, student_name: name, credit: 'credit', lesson_mode: 'normal' },
        ...{ entry: state ? 'resume' : 'ab-initio', lesson_location: state?.location ?? '' },
        lesson_status: said?.status ?? 'not attempted',
      },
      suspend_data: state?.suspendData ?? '',
      launch_data: unit.launchData ?? '',
      student_data: { mastery_score: unit.masteryScore === undefined ? '' : String(unit.masteryScore) },
    },
    'cmi',
  );
  return {
    name: 'API',
    api,
    said() {
      const { core, suspend_data: kept } = api.cmi;
      const { raw, min, max } = core.score;
      return {
        said: { status: STATUS[core.lesson_status] ?? 'incomplete', ...percentOf(raw, min, max) },
        state: stateOf(core.lesson_location, kept),
        over,
      };
    },
  };
}
