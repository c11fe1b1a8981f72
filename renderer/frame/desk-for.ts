import type { Stage } from '../../contract/page/view.ts';
import { atTheDoor } from '../proctor/proctor-actions.ts';
import { actionsIn, type DeskProps } from '../proctor/proctor-desk.tsx';

/** What a proctor may do on this screen; nothing where there is nobody to do it with. */
export function deskFor(stage: Stage): DeskProps | undefined {
  switch (stage.stage) {
    case 'idle': {
      const { turnedAway: away } = stage;
      // What left from another station is decided there.
      return away && (away.why.kind !== 'moved' || away.why.fromHere) ? { actions: atTheDoor(away) } : undefined;
    }
    case 'refused':
      return { actions: ['override', 'send-away'], twoProctors: stage.exam.twoProctors, scores: stage.watched };
    case 'awaiting-unlock':
      return { actions: ['unlock', 'extend', 'send-away'], scores: true };
    case 'in-progress':
      return { actions: actionsIn('pause', stage.exam), twoProctors: stage.exam.twoProctors };
    case 'paused':
      return { actions: actionsIn('resume', stage.exam), twoProctors: stage.exam.twoProctors };
    default:
      return undefined;
  }
}
