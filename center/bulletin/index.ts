/** Who takes part, over many firms and months. */
export { participation } from './participation.ts';
