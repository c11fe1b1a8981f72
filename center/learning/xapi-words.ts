/** What xAPI and cmi5 call things. */

const ADL = 'http://adlnet.gov/expapi/verbs';
const verb = (id: string, en: string, zh: string) => ({ id, display: { en, 'zh-CN': zh } });
export const VERBS = {
  launched: verb(`${ADL}/launched`, 'launched', '启动'),
  initialized: verb(`${ADL}/initialized`, 'initialized', '开始'),
  experienced: verb(`${ADL}/experienced`, 'experienced', '学习'),
  completed: verb(`${ADL}/completed`, 'completed', '学完'),
  passed: verb(`${ADL}/passed`, 'passed', '通过'),
  failed: verb(`${ADL}/failed`, 'failed', '未通过'),
  terminated: verb(`${ADL}/terminated`, 'terminated', '结束'),
  satisfied: verb('https://w3id.org/xapi/adl/verbs/satisfied', 'satisfied', '达到要求'),
} as const;
export type Verb = keyof typeof VERBS;

const CMI5 = 'https://w3id.org/xapi/cmi5';
export const CATEGORIES = {
  cmi5: `${CMI5}/context/categories/cmi5`,
  moveOn: `${CMI5}/context/categories/moveon`,
} as const;
export const EXTENSIONS = {
  sessionId: `${CMI5}/context/extensions/sessionid`,
  masteryScore: `${CMI5}/context/extensions/masteryscore`,
  launchMode: `${CMI5}/context/extensions/launchmode`,
  launchUrl: `${CMI5}/context/extensions/launchurl`,
  launchParameters: `${CMI5}/context/extensions/launchparameters`,
  moveOnRule: `${CMI5}/context/extensions/moveon`,
} as const;
export const ACTIVITY_TYPES = {
  course: `${CMI5}/activitytype/course`,
  unit: 'http://adlnet.gov/expapi/activities/assessment',
  lesson: 'http://adlnet.gov/expapi/activities/lesson',
} as const;
