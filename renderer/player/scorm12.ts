import * as library from 'scorm-again/scorm12/min';
import type { PackageSaid } from '../../contract/words/scorm.ts';
import { heldToMastery, LEARNER_ID, type Opening, type PackageApi, percentOf, QUIET, stateOf } from './api.ts';

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
  let suspended = false;
  api.on('LMSInitialize', () => {
    [over, suspended] = [false, false];
  });
  // What a package says of how it is left cannot be asked for again.
  api.on('LMSSetValue.cmi.core.exit', (_element: string, how: string) => {
    suspended = how === 'suspend';
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
    said(left = false) {
      const { core, suspend_data: kept } = api.cmi;
      const { raw, min, max } = core.score;
      const held = { score: raw, mastery: unit.masteryScore, over: over || left };
      const status = heldToMastery({
        status: statusOf(core.lesson_status, over && !suspended, unit.masteryScore),
        ...held,
      });
      return {
        said: { status, ...percentOf(raw, min, max) },
        state: stateOf(core.lesson_location, kept),
        over,
      };
    },
  };
}

/**
 * A package that ends without ever having said how it stands has been seen to its end, and asks for no more: many of one page say
 * nothing at all; one that means to go on says that it is suspended. What it cannot say itself is that it was not attempted, so that is what shows it.
 */
const statusOf = (said: string, ended: boolean, mastery: number | undefined): PackageSaid['status'] =>
  STATUS[said] ?? (said === 'not attempted' && ended && mastery === undefined ? 'completed' : 'incomplete');
