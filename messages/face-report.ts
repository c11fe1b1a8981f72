import type { Locale } from '../contract/words/localized.ts';

/** What an evaluation of the face networks is made of, for whoever chooses thresholds. */
type FaceReportWords = {
  readonly title: (pairs: string) => string;
  readonly pairs: string;
  readonly comparisons: (pairs: number, photos: number, genuine: number, impostor: number) => string;
  readonly accuracy: string;
  readonly overFolds: (accuracy: string, error: string, folds: number) => string;
  readonly ofTheSame: (accuracy: string) => string;
  readonly equalErrorRate: string;
  readonly notFound: string;
  readonly unreadable: string;
  readonly matchNobody: (photos: number) => string;
  readonly time: string;
  readonly perPhoto: (ms: string) => string;
  readonly everybody: string;
  readonly who: (people: number, genuine: number, impostor: number) => string;
  /** Heads of the tables of thresholds. */
  readonly fmrAtMost: string;
  readonly threshold: string;
  readonly fnmr: string;
  readonly fmr: string;
  readonly interval: string;
  readonly balancedFnmr: string;
  readonly inUse: string;
  readonly names: Readonly<Record<'accept' | 'refuseBelow', string>>;
  readonly trade: string;
  readonly to: string;
};

export const faceReportWords: Readonly<Record<Locale, FaceReportWords>> = {
  zh: {
    title: (pairs) => `人脸比对评测：${pairs}`,
    pairs: '比对',
    comparisons: (pairs, photos, genuine, impostor) =>
      `清单 ${pairs} 对，照片 ${photos} 张；比对同一人 ${genuine} 次，不同人 ${impostor} 次`,
    accuracy: '准确率',
    overFolds: (accuracy, error, folds) => `${accuracy} ± ${error}（${folds} 折的标准误差，阈值取自其余各折）`,
    ofTheSame: (accuracy) => `${accuracy}（阈值取自同一批照片，偏乐观）`,
    equalErrorRate: '等错误率',
    ...{ notFound: '没找到人脸', unreadable: '打不开' },
    matchNobody: (photos) => `${photos} 张，按与谁都不匹配计`,
    time: '用时',
    perPhoto: (ms) => `每张照片每线程 ${ms} 毫秒，含解码`,
    everybody: '全部',
    who: (people, genuine, impostor) => `${people} 人；同一人 ${genuine} 次，不同人 ${impostor} 次`,
    ...{ fmrAtMost: '误识率上限', threshold: '阈值', fnmr: '拒识率', fmr: '误识率', interval: '95% 区间' },
    balancedFnmr: '每人只计一次：阈值，拒识率，95% 区间',
    inUse: '现用阈值',
    names: { accept: '达到即通过', refuseBelow: '低于即拒绝' },
    trade: '误识与拒识的取舍',
    to: '至',
  },
  en: {
    title: (pairs) => `Face evaluation: ${pairs}`,
    pairs: 'Comparisons',
    comparisons: (pairs, photos, genuine, impostor) =>
      `${pairs} pairs of ${photos} photos in the list; ${genuine} of one person, ${impostor} of two compared`,
    accuracy: 'Accuracy',
    overFolds: (accuracy, error, folds) =>
      `${accuracy} ± ${error} (standard error over ${folds} folds, threshold from the others)`,
    ofTheSame: (accuracy) => `${accuracy} at the best threshold of these same pairs: optimistic`,
    equalErrorRate: 'Equal error rate',
    ...{ notFound: 'No face found', unreadable: 'Unreadable' },
    matchNobody: (photos) => `${photos} photos; they match nobody`,
    time: 'Time',
    perPhoto: (ms) => `${ms} ms per photo and thread, decoding included`,
    everybody: 'Everybody',
    who: (people, genuine, impostor) => `${people} people; ${genuine} comparisons of one person, ${impostor} of two`,
    ...{ fmrAtMost: 'FMR at most', threshold: 'Threshold', fnmr: 'FNMR', fmr: 'FMR', interval: '95 % interval' },
    balancedFnmr: 'Every person counted once: threshold, FNMR, 95 % interval',
    inUse: 'Threshold in use',
    names: { accept: 'accepted from', refuseBelow: 'refused below' },
    trade: 'Detection error trade-off',
    to: 'to',
  },
};
