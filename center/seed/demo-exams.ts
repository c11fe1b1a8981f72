import { type Exam, type RecapturePolicy, USUAL_RECAPTURE } from '../../contract/words/exam.ts';
import { HOSTS } from '../../contract/words/hosts.ts';
import { type BankId, ExamId } from '../../contract/words/ids.ts';

/** A practice run shows what happens, and calls nobody. */
const PRACTICE_RECAPTURE: RecapturePolicy = {
  minSeconds: 20,
  maxSeconds: 40,
  onOutcome: {
    'no-face': { action: 'pause', until: 'match' },
    'several-faces': { action: 'incident' },
    mismatch: { action: 'incident' },
    'not-live': { action: 'note' },
    uncertain: { action: 'note' },
  },
};

/** 25 items for 100 marks in 30 minutes. It may be sat wherever the station is tried out. */
export const formalExam = (bankId: BankId): Exam => ({
  id: ExamId.parse('ex_demo'),
  title: { zh: '通用安全知识考试', en: 'General Safety Exam' },
  mode: 'formal',
  bankId,
  blueprint: {
    rows: [
      { kind: 'true-false', count: 10, marks: 3 },
      { kind: 'single', count: 10, marks: 4 },
      { kind: 'multiple', count: 5, marks: 6 },
    ],
  },
  durationSeconds: 30 * 60,
  passMarks: 80,
  attempts: 2,
  recapture: USUAL_RECAPTURE,
  hosts: HOSTS,
});

/** 8 items for 100 marks in 10 minutes; what a visitor may try. */
export const practiceExam = (bankId: BankId): Exam => ({
  id: ExamId.parse('ex_demo-mock'),
  title: { zh: '体验练习', en: 'Practice Run' },
  mode: 'mock',
  bankId,
  blueprint: {
    rows: [
      { kind: 'true-false', count: 3, marks: 10 },
      { kind: 'single', count: 3, marks: 10 },
      { kind: 'multiple', count: 2, marks: 20 },
    ],
  },
  durationSeconds: 10 * 60,
  passMarks: 80,
  attempts: 99,
  recapture: PRACTICE_RECAPTURE,
  // Its bank is published with this program: nobody learns a secret here.
  revealsKeys: true,
  home: 'allowed',
});
