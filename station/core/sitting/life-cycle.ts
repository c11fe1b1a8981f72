import type { Command } from './command.ts';
import type { SittingStage } from './sitting.ts';

/**
 * Who causes something: the candidate at the page, the camera by what it sees, the station by itself (time, a restart, a
 * device that is gone), a proctor who gave a PIN.
 */
export type Authority = 'candidate' | 'camera' | 'station' | 'proctor';

export type Edge = {
  readonly from: readonly SittingStage[];
  /** Where it may lead; nowhere else than where it was, if this is empty. */
  readonly to: readonly SittingStage[];
  readonly by: readonly Authority[];
};

/** The life of a sitting: what may happen in which stage, where it leads, and who may cause it. Nothing else happens. */
export const LIFE_CYCLE: Readonly<Record<Command['kind'], readonly Edge[]>> = {
  consent: [{ from: ['consenting'], to: ['capturing', 'refused'], by: ['candidate'] }],
  judge: [
    { from: ['capturing'], to: ['awaiting-unlock', 'refused'], by: ['camera'] },
    { from: ['in-progress'], to: ['paused', 'locked'], by: ['camera'] },
    { from: ['paused'], to: ['in-progress'], by: ['camera'] },
  ],
  // Where there is no camera nobody is asked whether it may look at them.
  refuse: [{ from: ['consenting', 'capturing'], to: ['refused'], by: ['station'] }],
  override: [{ from: ['refused'], to: ['awaiting-unlock'], by: ['proctor'] }],
  // The candidate starts practice only.
  unlock: [{ from: ['awaiting-unlock'], to: ['in-progress'], by: ['proctor', 'candidate'] }],
  'look-again': [{ from: ['awaiting-unlock'], to: ['capturing'], by: ['station'] }],
  answer: [{ from: ['in-progress'], to: [], by: ['candidate'] }],
  check: [{ from: ['in-progress'], to: [], by: ['candidate'] }],
  study: [{ from: ['in-progress'], to: [], by: ['candidate'] }],
  'hear-package': [{ from: ['in-progress'], to: [], by: ['candidate'] }],
  flag: [{ from: ['in-progress'], to: [], by: ['candidate'] }],
  note: [{ from: ['in-progress', 'paused', 'locked'], to: [], by: ['camera', 'station'] }],
  interrupt: [{ from: ['in-progress'], to: ['paused', 'locked'], by: ['station'] }],
  // Only what stands still is taken up after a restart.
  host: [
    { from: ['paused'], to: ['locked'], by: ['station'] },
    { from: ['locked'], to: [], by: ['station'] },
  ],
  extend: [{ from: ['awaiting-unlock', 'in-progress', 'paused', 'locked'], to: [], by: ['proctor'] }],
  review: [{ from: ['in-progress', 'paused', 'locked'], to: [], by: ['proctor'] }],
  keep: [
    {
      from: ['capturing', 'refused', 'awaiting-unlock', 'in-progress', 'paused', 'locked', 'submitted', 'graded'],
      to: [],
      by: ['station'],
    },
  ],
  clock: [
    {
      from: [
        ...(['consenting', 'capturing', 'refused', 'awaiting-unlock'] as const),
        ...(['in-progress', 'paused', 'locked', 'submitted', 'graded'] as const),
      ],
      to: [],
      by: ['station'],
    },
  ],
  time: [{ from: ['in-progress', 'paused', 'locked', 'submitted', 'graded'], to: [], by: ['station'] }],
  move: [{ from: ['in-progress', 'paused', 'locked'], to: ['closed'], by: ['proctor'] }],
  pause: [{ from: ['in-progress', 'paused'], to: ['locked'], by: ['proctor'] }],
  resume: [{ from: ['paused', 'locked'], to: ['in-progress'], by: ['proctor'] }],
  submit: [
    { from: ['in-progress'], to: ['submitted'], by: ['candidate', 'station', 'proctor'] },
    // Where a proctor must decide, the candidate cannot slip away by handing in.
    { from: ['paused', 'locked'], to: ['submitted'], by: ['station', 'proctor'] },
  ],
  grade: [{ from: ['submitted'], to: ['graded'], by: ['station'] }],
  record: [{ from: ['graded'], to: ['recorded'], by: ['station'] }],
  'add-template': [{ from: ['recorded'], to: [], by: ['station'] }],
  close: [
    {
      from: ['consenting', 'capturing', 'refused', 'awaiting-unlock'],
      to: ['closed'],
      by: ['candidate', 'station', 'proctor'],
    },
  ],
};

export const isAllowed = (kind: Command['kind'], stage: SittingStage): boolean =>
  LIFE_CYCLE[kind].some(({ from }) => from.includes(stage));

/** Whether a step that was taken is one of the life cycle. */
export const isStep = (kind: Command['kind'], from: SittingStage, to: SittingStage): boolean =>
  LIFE_CYCLE[kind].some((edge) => edge.from.includes(from) && (to === from || edge.to.includes(to)));

/** The life cycle as a Mermaid state diagram. */
export function drawLifeCycle(): string {
  const labels = new Map<string, Set<string>>();
  const within = new Map<string, Set<string>>();
  const add = (to: Map<string, Set<string>>, key: string, label: string): void =>
    void to.set(key, (to.get(key) ?? new Set()).add(label));
  for (const [kind, edges] of Object.entries(LIFE_CYCLE))
    for (const { from, to, by } of edges) {
      const label = `${kind} (${by.join(', ')})`;
      for (const stage of from) {
        if (to.length === 0) add(within, stage, label);
        for (const next of to) add(labels, `${idOf(stage)} --> ${idOf(next)}`, label);
      }
    }
  const lines = [
    'stateDiagram-v2',
    '  [*] --> consenting: card or number',
    ...[...labels].map(([arrow, all]) => `  ${arrow}: ${[...all].join('<br/>')}`),
    ...[...within].map(([stage, all]) => `  note right of ${idOf(stage)}: ${[...all].join('<br/>')}`),
    '  recorded --> [*]',
    '  closed --> [*]',
  ];
  return `${lines.join('\n')}\n`;
}

/** Mermaid takes no dash in a name. */
const idOf = (stage: string): string => stage.replace('-', '_');
