import { findDialect } from './dialect.mjs';

const testFunctions = new Set(['test', 'it', 'describe']);

/**
 * Refuses the words of dialect.mjs in comments and test titles, and in all strings where the option `strings` is set (the catalogue).
 * @type {import('eslint').Rule.RuleModule}
 */
export const plainEnglish = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'object', properties: { strings: { type: 'boolean' } }, additionalProperties: false }],
    messages: { dialect: '"{{found}}" reads like a translation. Write instead: {{instead}}.' },
  },
  create(context) {
    const { sourceCode } = context;
    const [options] = /** @type {{ strings?: boolean }[]} */ (context.options);
    const checksStrings = options?.strings === true;

    /** @param {import('estree').Node} node @param {string} text */
    const checkText = (node, text) => {
      for (const { found, instead } of findDialect(text))
        context.report({ node, messageId: 'dialect', data: { found, instead } });
    };
    /** @param {import('estree').Node | undefined} node */
    const checkString = (node) => {
      if (node?.type === 'Literal' && typeof node.value === 'string') checkText(node, node.value);
      if (node?.type === 'TemplateLiteral') for (const part of node.quasis) checkText(node, part.value.raw);
    };

    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          const isDocComment = comment.type === 'Block' && comment.value.startsWith('*');
          const text = comment.value.replace(/^[*\s]+/gm, '');
          if (/^(eslint|@ts-)/.test(text) || !comment.loc) continue;
          for (const { found, instead } of findDialect(text, { isDocComment })) {
            context.report({ loc: comment.loc, messageId: 'dialect', data: { found, instead } });
          }
        }
      },
      CallExpression(node) {
        let callee = node.callee;
        while (callee.type === 'MemberExpression' || callee.type === 'CallExpression') {
          callee =
            callee.type === 'MemberExpression'
              ? /** @type {import('estree').Expression} */ (callee.object)
              : callee.callee;
        }
        if (callee.type === 'Identifier' && testFunctions.has(callee.name)) {
          checkString(/** @type {import('estree').Node | undefined} */ (node.arguments[0]));
        }
      },
      Literal(node) {
        if (checksStrings) checkString(node);
      },
      TemplateLiteral(node) {
        if (checksStrings) checkString(node);
      },
    };
  },
};
