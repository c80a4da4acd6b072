/**
 * Refuses to compare `error.code` by hand (===, startsWith, includes, a regular expression, switch): `hasCode(error, …)` beside the error
 * table checks the class as well and lets the compiler check the codes. Node's own codes (in capitals, like ENOENT) are no Casement codes.
 * @type {import('eslint').Rule.RuleModule}
 */
export const noRawErrorCode = {
  meta: { type: 'problem', schema: [], messages: { raw: 'Use hasCode(error, …) from contract/errors.ts.' } },
  create(context) {
    const systemCode = /^[A-Z][A-Z0-9_]+$/;
    /** @param {import('estree').Node} node @returns {boolean} */
    const isErrorCode = (node) => {
      if (node.type === 'ChainExpression') return isErrorCode(node.expression);
      return (
        node.type === 'MemberExpression' &&
        node.property.type === 'Identifier' &&
        node.property.name === 'code' &&
        node.object.type === 'Identifier' &&
        /^(error|failure|cause|thrown|reason|e|err)$/.test(node.object.name)
      );
    };
    /** @param {import('estree').Node} node */
    const isCasementCode = (node) =>
      node.type === 'Literal' && typeof node.value === 'string' && !systemCode.test(node.value);
    return {
      BinaryExpression(node) {
        if (!['===', '!==', '==', '!='].includes(node.operator)) return;
        const [left, right] = [node.left, node.right];
        if ((isErrorCode(left) && isCasementCode(right)) || (isErrorCode(right) && isCasementCode(left))) {
          context.report({ node, messageId: 'raw' });
        }
      },
      SwitchStatement(node) {
        const isCasement = node.cases.some(({ test }) => test && isCasementCode(test));
        if (isErrorCode(node.discriminant) && isCasement) context.report({ node, messageId: 'raw' });
      },
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression' || node.callee.property.type !== 'Identifier') return;
        const method = node.callee.property.name;
        const isAsked = ['startsWith', 'endsWith', 'match'].includes(method) && isErrorCode(node.callee.object);
        const isArgument =
          ['test', 'includes', 'has', 'exec'].includes(method) && node.arguments[0] && isErrorCode(node.arguments[0]);
        const isSystem =
          node.callee.object.type === 'ArrayExpression' &&
          node.callee.object.elements.every((each) => each && !isCasementCode(each));
        if (isAsked || (isArgument && !isSystem)) context.report({ node, messageId: 'raw' });
      },
    };
  },
};
