import { rule, type Rule } from './rule';

export const pages: readonly Rule[] = [
  rule(
    'texts are masked word by word',
    'nodes/redact-text.ts',
    "if (region === 'plain' && !context.joinsAdjacentTexts) return context.maskText(text, undefined, isContent);",
    "if (region === 'plain' && !context.joinsAdjacentTexts) return text;",
    'C07 C09 C14 C23 C28 C29 C41 C42 C43 C44',
  ),
  rule(
    'field values are masked completely',
    'nodes/redact-text.ts',
    "context.counts.mask('input');\n      return valueMask;",
    'return text;',
    'C08 C30',
  ),
  rule(
    'code is dropped',
    'nodes/redact-text.ts',
    "if (text !== '') context.counts.drop('text');\n      return '';",
    'return text;',
    'C23 C27',
  ),
  rule(
    'texts of style elements are parsed',
    'nodes/redact-text.ts',
    'return context.style.redactSheet(text);',
    'return text;',
    'C25',
  ),
  rule(
    'comments are emptied',
    'nodes/redact-node.ts',
    "return { type: node.type, textContent: '', id };",
    'return { type: node.type, textContent: node.textContent, id };',
    'C27',
  ),
  rule(
    'unknown fields of nodes are dropped',
    'nodes/redact-node.ts',
    "if (!knownFields.has(field)) context.counts.dropUnknown('field', 'field');",
    'if (!knownFields.has(field)) own[field] = node[field];',
    'C18',
  ),
  rule('document ids are numbers', 'nodes/redact-node.ts', 'if (isNodeId(node.rootId)) own', 'own', 'C18'),
  rule(
    'sibling ids are numbers',
    'nodes/redact-structure.ts',
    'if (isNodeId(add.previousId) && !page.omitted.has(add.previousId)) written',
    'written',
    'C18',
  ),
  rule(
    'custom element names are numbered',
    'page/element-names.ts',
    "return isStandardTag(tag) ? tag : names.rename('element', tag);",
    'return names ? tag : tag;',
    'C35',
  ),
  {
    name: 'editors become one mask and their texts are values',
    edits: [
      {
        file: 'page/page-view.ts',
        from: 'if (this.hasEditors && this.editors.has(node)) return true;',
        to: 'return false;',
      },
      {
        file: 'nodes/text-location.ts',
        from: "return editable === undefined || editable === null || editable === 'false' || editable === 'inherit'\n    ? 'words'\n    : 'value';",
        to: "return 'words';",
      },
      {
        file: 'nodes/redact-text.ts',
        from: "context.counts.mask('input');\n      return valueMask;",
        to: 'return text;',
      },
    ],
    channels: ['C31'],
  },
  {
    name: 'keypads and suggestions are emptied and their texts masked',
    edits: [
      {
        file: 'page/page-view.ts',
        from: 'this.regions.exclude(hidden, rule);',
        to: 'if (this.model === undefined) this.regions.exclude(hidden, rule);',
      },
      {
        file: 'nodes/redact-attribute.ts',
        from: "case 'text':\n      return maskText(text, owner, context);",
        to: "case 'text':\n      return text;",
      },
    ],
    channels: ['C37'],
  },
];
