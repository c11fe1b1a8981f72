/** What stored sittings say of the items. */
export {
  analyseItems,
  type ItemStatistics,
  reliabilityOf,
  type Sitting,
} from './item-analysis.ts';
