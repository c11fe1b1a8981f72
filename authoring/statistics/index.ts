/** What stored sittings say of the items. */
export {
  analyseItems,
  type Flag,
  type ItemStatistics,
  LIMITS,
  type Reliability,
  reliabilityOf,
  type Sitting,
} from './item-analysis.ts';
