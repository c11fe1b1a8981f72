/** YAML as people write it by hand, and no more of it than a hand writes. */
export { readYaml } from './read-yaml.ts';
