import type { NumberedNames } from '../numbered-names';
import { plainNumber } from '../style/numbers';
import type { SelectorNames } from '../style/selectors';
import { attributeRule, type AttributeRule } from './attribute-rules';
import { nameTag } from './element-names';

/** A value that is a word for a state or a variant, not content. */
const keywordShape = /^[a-z][a-z0-9-]{0,23}$/;

/** What the author of a page called an attribute, as an ordinal. */
export function nameAttribute(name: string, names: NumberedNames): string {
  return names.rename('attribute', name);
}

/** A value of such an attribute: an ordinal for words, nothing for all else. Equal words stay equal, which is all that shows. */
export function nameAttributeValue(value: string, names: NumberedNames): string {
  return keywordShape.test(value) ? names.rename('attribute-value', value) : '';
}

/** How selectors speak of the page once its names are gone. */
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
    // Authors give their own elements their own values for standard names, such as `size="small"`.
    return ['words', 'length', 'geometry'].includes(rule.kind) ? writeCoined(name, matcher, value) : undefined;
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

/** The value that a selector must ask for, where the page's own value stays comparable. */
function nameStandardValue(rule: AttributeRule, value: string, names: NumberedNames): string | undefined {
  // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- an allow-list: what isn't named is refused
  switch (rule.kind) {
    case 'words':
      return rule.allowed.has(value) ? value : undefined;
    case 'selected':
      return ['true', 'false'].includes(value) ? value : undefined;
    case 'length':
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
