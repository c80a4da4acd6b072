import type { RecordedEvent } from '../../../contract/recorded-event';
import { EventType, IncrementalSource } from '../events';
import { isRecord, listOf, type JsonRecord } from '../json';

/** Marks the element that fills the screen. A page can't be shown in full screen inside a replay, so a style does the same. */
export const fullscreenAttribute = 'data-casement-fullscreen';

const marked = `[${fullscreenAttribute}]:not(:root)`;
const above = `:has(${marked})`;

/**
 * The style that a browser gives the element for `:fullscreen`. Nothing else of the page is visible. Ancestors lose
 * whatever would confine a fixed element or put it behind others.
 */
export const fullscreenRules: readonly string[] = [
  `${marked} {
    position: fixed !important; inset: 0 !important; margin: 0 !important; box-sizing: border-box !important;
    min-width: 0 !important; max-width: none !important; min-height: 0 !important; max-height: none !important;
    width: 100% !important; height: 100% !important; transform: none !important; object-fit: contain;
    visibility: visible; z-index: 2147483647 !important;
  }`,
  `iframe${marked} { border: none !important; padding: 0 !important; }`,
  `html${above} { background: black !important; overflow: hidden !important; }`,
  `html${above} body, html${above} ${above} { background: none !important; }`,
  `html${above} :not(${marked}):not(${marked} *) { visibility: hidden !important; }`,
  `html${above} ${above} {
    transform: none !important; translate: none !important; rotate: none !important; scale: none !important;
    perspective: none !important; filter: none !important; backdrop-filter: none !important; will-change: auto !important;
    contain: none !important; container-type: normal !important; content-visibility: visible !important;
    clip-path: none !important; mask: none !important; opacity: 1 !important; z-index: auto !important;
    isolation: auto !important; mix-blend-mode: normal !important;
  }`,
];

const pseudoClass = /:(?:fullscreen|-webkit-full-screen)(?![\w-])/g;

/** Returns an event whose style rules for `:fullscreen` also apply to the marked element. Returns other events unchanged. */
export function showFullscreenRules(event: RecordedEvent): RecordedEvent {
  const { type, data } = event;
  if (!isRecord(data)) return event;
  if (type === EventType.FullSnapshot) return { ...event, data: { ...data, node: rewriteNode(data.node, false) } };
  if (type !== EventType.IncrementalSnapshot) return event;
  switch (data.source) {
    case IncrementalSource.Mutation:
      return { ...event, data: rewriteMutation(data) };
    case IncrementalSource.StyleSheetRule:
      return { ...event, data: rewriteRules(data) };
    case IncrementalSource.AdoptedStyleSheet: {
      if (!Array.isArray(data.styles)) return event;
      const styles = listOf(data.styles).map((style) => {
        return isRecord(style) ? { ...style, rules: listOf(style.rules).map(rewriteRule) } : style;
      });
      return { ...event, data: { ...data, styles } };
    }
    default:
      return event;
  }
}

function rewrite(css: unknown): unknown {
  if (typeof css !== 'string') return css;
  return css.replace(pseudoClass, (found) => `:is(${found}, [${fullscreenAttribute}])`);
}

function rewriteNode(node: unknown, isInStyle: boolean): unknown {
  if (!isRecord(node)) return node;
  if (node.textContent !== undefined) {
    return isInStyle || node.isStyle === true ? { ...node, textContent: rewrite(node.textContent) } : node;
  }
  const isStyle = node.tagName === 'style';
  const attributes = isRecord(node.attributes) && '_cssText' in node.attributes && rewriteAttributes(node.attributes);
  const childNodes =
    Array.isArray(node.childNodes) && listOf(node.childNodes).map((child) => rewriteNode(child, isStyle));
  return { ...node, ...(attributes && { attributes }), ...(childNodes && { childNodes }) };
}

function rewriteAttributes(attributes: JsonRecord): JsonRecord {
  return { ...attributes, _cssText: rewrite(attributes._cssText) };
}

function rewriteMutation(data: JsonRecord): JsonRecord {
  const adds = listOf(data.adds).map((add) => (isRecord(add) ? { ...add, node: rewriteNode(add.node, false) } : add));
  const attributes = listOf(data.attributes).map((change) => {
    if (!isRecord(change) || !isRecord(change.attributes) || !('_cssText' in change.attributes)) return change;
    return { ...change, attributes: rewriteAttributes(change.attributes) };
  });
  return { ...data, adds, attributes };
}

function rewriteRules(data: JsonRecord): JsonRecord {
  const { adds, replace, replaceSync } = data;
  return {
    ...data,
    ...(Array.isArray(adds) && { adds: listOf(adds).map(rewriteRule) }),
    ...(typeof replace === 'string' && { replace: rewrite(replace) }),
    ...(typeof replaceSync === 'string' && { replaceSync: rewrite(replaceSync) }),
  };
}

function rewriteRule(rule: unknown): unknown {
  return isRecord(rule) ? { ...rule, rule: rewrite(rule.rule) } : rule;
}
