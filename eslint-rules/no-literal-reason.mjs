/**
 * Refuses a `reason` written as text: it becomes the second half of a sentence that a user reads, so it belongs into the catalogue.
 * @type {import('eslint').Rule.RuleModule}
 */
export const noLiteralReason = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { literal: 'A reason is text for users: take it from src-main/contract/words/refusals.ts.' },
  },
  create(context) {
    /** @param {import('estree').Node} node @returns {boolean} */
    const isText = (node) => {
      if (node.type === 'Literal') return typeof node.value === 'string';
      if (node.type === 'TemplateLiteral') return true;
      if (node.type === 'ConditionalExpression') return isText(node.consequent) || isText(node.alternate);
      if (node.type === 'LogicalExpression') return isText(node.left) || isText(node.right);
      if (node.type === 'BinaryExpression') return node.operator === '+' && (isText(node.left) || isText(node.right));
      return false;
    };
    return {
      Property(node) {
        const isReason =
          node.key.type === 'Identifier'
            ? node.key.name === 'reason' && !node.computed
            : node.key.type === 'Literal' && node.key.value === 'reason';
        if (isReason && node.parent.type === 'ObjectExpression' && isText(node.value))
          context.report({ node: node.value, messageId: 'literal' });
      },
    };
  },
};
