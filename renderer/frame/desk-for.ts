import type { Stage, StationView } from '../../contract/page/view.ts';
import { atTheDoor } from '../proctor/proctor-actions.ts';
import { actionsIn, type DeskProps } from '../proctor/proctor-desk.tsx';

/** What a proctor may do and judge on this screen; nothing where there is nobody to do it with. */
export function deskFor({ current, incidents }: Pick<StationView, 'current' | 'incidents'>): DeskProps | undefined {
  const unjudged = incidents.filter(({ verdict }) => verdict === undefined).length;
  const desk = deedsFor(current);
  if (desk) return { ...desk, unjudged };
  // What was not judged in time can still be read.
  return current.stage === 'result' && incidents.length > 0 ? { actions: [], unjudged } : undefined;
}

function deedsFor(stage: Stage): DeskProps | undefined {
  switch (stage.stage) {
    case 'idle': {
      const { turnedAway: away } = stage;
      // What left from another station is decided there.
      return away && (away.why.kind !== 'moved' || away.why.fromHere) ? { actions: atTheDoor(away) } : undefined;
    }
    case 'consenting':
      return { actions: ['send-away'] };
    case 'capturing':
      return stage.purpose === 'check-in' ? { actions: ['send-away'] } : undefined;
    case 'refused':
      return { actions: ['override', 'send-away'], twoProctors: stage.exam.twoProctors };
    case 'awaiting-unlock':
      return { actions: ['unlock', 'extend', 'send-away'] };
    case 'in-progress':
      return { actions: actionsIn('pause', stage.exam), twoProctors: stage.exam.twoProctors };
    case 'paused':
      return { actions: actionsIn('resume', stage.exam), twoProctors: stage.exam.twoProctors };
    default:
      return undefined;
  }
}
