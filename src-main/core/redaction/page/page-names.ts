import type { NumberedNames } from '../numbered-names';
import { plainNumber } from '../style/numbers';
import type { SelectorNames } from '../style/selectors';
import { attributeRule, type AttributeRule } from './attribute-rules';
import { nameTag } from './element-names';

/** Matches a keyword for a state or a variant, such as `primary`. Content looks different. */
const keywordShape = /^[a-z][a-z0-9-]{0,23}$/;

/** Returns the number that replaces the name of an author's own attribute. */
export function nameAttribute(name: string, names: NumberedNames): string {
  return names.rename('attribute', name);
}

/** Returns the number that replaces a keyword in such an attribute; '' for any other value. The export shows only which keywords are equal. */
export function nameAttributeValue(value: string, names: NumberedNames): string {
  return keywordShape.test(value) ? names.rename('attribute-value', value) : '';
}

/** Creates the renaming of names in selectors, which is the same as in the page. */
export function createPageNames(names: NumberedNames): SelectorNames {
  const quote = (text: string): string => `"${text}"`;

  function writeCoined(name: string, matcher: string | null, value: string | null): string | undefined {
    if (matcher === null || value === null) return nameAttribute(name, names);
    if (matcher !== '=' || !(keywordShape.test(value) || value === '')) return undefined;
    return `${nameAttribute(name, names)}=${quote(nameAttributeValue(value, names))}`;
  }

  function writeStandard(name: string, rule: AttributeRule, matcher: string, value: string): string | undefined {
    if (matcher !== '=' && matcher !== '~=') return undefined;
    const written = nameStandardValue(rule, value, names);
    if (written !== undefined) return `${name}${matcher}${quote(written)}`;
    // Authors use standard attributes of their own elements with values of their own, such as `size="small"`.
    return ['words', 'length', 'drawn-length', 'geometry'].includes(rule.kind)
      ? writeCoined(name, matcher, value)
      : undefined;
  }

  return {
    names,
    nameTag: (tag) => nameTag(tag, names),
    writeAttribute(name, matcher, value) {
      const rule = attributeRule(name);
      if (!rule) return writeCoined(name, matcher, value);
      if (rule.kind === 'dropped' || rule.kind === 'style' || rule.kind === 'sheet') return undefined;
      return matcher === null || value === null ? name : writeStandard(name, rule, matcher, value);
    },
  };
}

/** Returns the exported form of a value in an attribute selector. Undefined if the page's value can't be compared after redaction. */
function nameStandardValue(rule: AttributeRule, value: string, names: NumberedNames): string | undefined {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- an allow-list: every other type is refused
  switch (rule.kind) {
    case 'words':
      return rule.allowed.has(value) ? value : undefined;
    case 'selected':
      return ['true', 'false'].includes(value) ? value : undefined;
    case 'length':
    case 'drawn-length':
    case 'geometry':
      return plainNumber(value) === value ? value : undefined;
    case 'classes':
      return nameOne(value, 'class', names);
    case 'parts':
      return nameOne(value, 'part', names);
    case 'ids':
      return nameOne(value, 'id', names);
    case 'slot':
    case 'slot-name':
      return nameOne(value, 'slot', names);
    default:
      return value === '' ? '' : undefined;
  }
}

function nameOne(value: string, kind: 'class' | 'part' | 'id' | 'slot', names: NumberedNames): string | undefined {
  if (value === '') return '';
  return /\s/.test(value) ? undefined : names.rename(kind, value);
}
