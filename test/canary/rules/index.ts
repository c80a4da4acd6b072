import { attributes } from './attributes';
import { events } from './events';
import { pages } from './pages';
import type { Rule } from './rule';
import { styles } from './styles';

export type { Rule } from './rule';
export const rules: readonly Rule[] = [...events, ...pages, ...attributes, ...styles];
