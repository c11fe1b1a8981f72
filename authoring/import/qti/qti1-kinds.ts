import { allIn, childOf, type QtiNode, wordsIn } from './tree.ts';

/** What an item of QTI 1.2 is said to be. */
export type Qti1Kind =
  | { readonly is: Known | 'unsaid' }
  /** By its own name. */
  | { readonly is: 'unknown'; readonly called: string };

type Known = 'single' | 'several' | 'number' | 'words' | 'gaps' | 'pairs';

/** Fields that name the kind: Canvas, Desire2Learn, Respondus, Common Cartridge. Blackboard has an element of its own. */
const FIELDS = ['question_type', 'qmd_questiontype', 'respondusapi_qtype', 'cc_profile'];

const KINDS: Readonly<Record<string, Known>> = {
  multiplechoicequestion: 'single',
  multiplechoice: 'single',
  ccmultiplechoicev0p1: 'single',
  truefalsequestion: 'single',
  truefalse: 'single',
  cctruefalsev0p1: 'single',
  eitheror: 'single',
  multipleanswersquestion: 'several',
  multipleanswer: 'several',
  multipleanswers: 'several',
  multipleresponse: 'several',
  multiselect: 'several',
  ccmultipleresponsev0p1: 'several',
  numericalquestion: 'number',
  numerical: 'number',
  numeric: 'number',
  shortanswerquestion: 'words',
  ccfibv0p1: 'words',
  fillinmultipleblanksquestion: 'gaps',
  matchingquestion: 'pairs',
};

export function qti1Kind(item: QtiNode): Qti1Kind {
  const [called] = [
    ...allIn(item, 'bbmd_questiontype').map(wordsIn),
    ...allIn(item, 'qtimetadatafield', 'qti_metadatafield').flatMap((field) => {
      const label = childOf(field, 'fieldlabel');
      const entry = childOf(field, 'fieldentry');
      return label && entry && FIELDS.includes(wordsIn(label).toLowerCase()) ? [wordsIn(entry)] : [];
    }),
  ].filter((name) => name !== '');
  if (called === undefined) return { is: 'unsaid' };
  const kind = KINDS[called.toLowerCase().replace(/[^a-z\d]/g, '')];
  return kind ? { is: kind } : { is: 'unknown', called };
}
