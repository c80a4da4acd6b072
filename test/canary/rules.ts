/** One rule of the redaction, how it is switched off in its own source, and where its absence must show. */
export interface Rule {
  name: string;
  /** Of `src-main/core/redaction`. Where two rules lie over each other, all of them: one alone leaves nothing to see. */
  edits: readonly Edit[];
  /** Channels of which each must leak. */
  channels: readonly string[];
}

interface Edit {
  file: string;
  /** Stands in the file once. */
  from: string;
  to: string;
}

/** A rule that one change switches off. */
function rule(name: string, file: string, from: string, to: string, channels: string): Rule {
  return { name, edits: [{ file, from, to }], channels: channels.split(' ') };
}

const events: readonly Rule[] = [
  rule(
    'typing becomes one mask',
    'events/typing.ts',
    "if (!kit.closes('typing')) return [writeInput(field.id, isUser)];",
    'return [{ data: { source: IncrementalSource.Input, id: field.id, text, isChecked: false } }];',
    'C01 C36',
  ),
  rule(
    'no header leaves',
    'events/plugins.ts',
    'request[field] === undefined ? undefined : redactHeaders(request[field], kit)',
    'request[field] as JsonRecord | undefined',
    'C02 C35',
  ),
  {
    name: 'no body leaves',
    edits: [
      { file: 'events/plugins.ts', from: "if (kit.policy.network.bodies === 'shape')", to: '' },
      { file: 'events/plugins.ts', from: 'bodyShape(request[field], kit.words)', to: 'request[field]' },
    ],
    channels: ['C03', 'C35', 'C39'],
  },
  rule(
    'only known fields of a request leave',
    'events/plugins.ts',
    "for (const field of Object.keys(request)) if (!Object.hasOwn(written, field)) kit.tally.drop('network');",
    'for (const field of Object.keys(request)) if (!Object.hasOwn(written, field)) written[field] = request[field];',
    'C02 C03 C18 C39',
  ),
  rule(
    'methods are from a list',
    'events/plugins.ts',
    'if (methods.has(method)) written.method = method;',
    'written.method = method;',
    'C18',
  ),
  rule(
    'kinds of calls are from a list',
    'events/plugins.ts',
    'if (initiators.has(request.initiatorType)) written',
    'written',
    'C18',
  ),
  rule(
    'segments of a route are words of the list',
    'mask-url.ts',
    "return isFile ? `:seg.${ending}` : ':seg';",
    'return segment;',
    'C04 C11 C20',
  ),
  rule(
    'no query leaves',
    'mask-url.ts',
    '.concat(maskQuery(url.searchParams))',
    '.concat(url.search)',
    'C04 C11 C20 C35',
  ),
  rule(
    'no user of an address leaves',
    'mask-url.ts',
    '`${url.protocol}//${maskHost(url.hostname)}',
    '`${url.protocol}//${url.username}@${maskHost(url.hostname)}',
    'C04 C11',
  ),
  rule('hosts lose their labels', 'mask-url.ts', "words.hasInRoute(label) ? label : 'x'", 'label', 'C04'),
  rule(
    'only addresses of the web leave',
    'mask-url.ts',
    "if (url.protocol !== 'http:' && url.protocol !== 'https:') return blankUrl;",
    "if (url.protocol !== 'http:' && url.protocol !== 'https:') return address;",
    'C04 C20',
  ),
  rule(
    'logged values are masked',
    'events/plugins.ts',
    "const masked = lines.map((line) => mask(line)).join('\\n');",
    "const masked = lines.join('\\n') + String(mask);",
    'C05 C35 C39',
  ),
  rule(
    'no stack trace leaves',
    'events/plugins.ts',
    "kit.policy.console.trace === 'places' ? listOf(trace).flatMap((line) => writePlace(line, kit)) : []",
    'listOf(trace) as string[]',
    'C06',
  ),
  rule('levels are from a list', 'events/plugins.ts', "level: levels.has(level) ? level : 'log'", 'level', 'C18'),
  rule(
    'unknown plugins are dropped',
    'redact.ts',
    'return redactPlugin(data, kit);',
    'return redactPlugin(data, kit) ?? data;',
    'C18',
  ),
  rule(
    'tags are words of the list',
    'events/custom.ts',
    "return words.every((word) => kit.words.has(word)) ? words.join('-') : 'custom';",
    "return words.join('-');",
    'C12 C35',
  ),
  rule(
    'no payload of a custom event leaves',
    'events/custom.ts',
    'return { tag: redactTag(tag, kit), payload: {} };',
    'return { tag: redactTag(tag, kit), payload };',
    'C12 C35 C39 C41 C42 C43',
  ),
  rule(
    'annotations are masked',
    'redact.ts',
    "typeof text === 'string' ? kit.maskText(text) : null",
    "typeof text === 'string' ? text : null",
    'C33',
  ),
  rule(
    'addresses of pages are masked',
    'redact.ts',
    "href: kit.maskUrl(typeof href === 'string' ? href : ''),",
    'href,',
    'C11',
  ),
  rule(
    'assets are dropped',
    'redact.ts',
    "else if (Object.values(EventType).includes(type)) kit.tally.drop(type === EventType.Asset ? 'asset' : 'event');",
    'else if (Object.values(EventType).includes(type)) sent.push(send(windowId, type, timestamp, { data: event.data as JsonRecord }));',
    'C17',
  ),
  rule(
    'unknown events are dropped',
    'redact.ts',
    "else kit.tally.dropUnknown('event', 'event');",
    'else sent.push(send(windowId, type, timestamp, { data: event.data as JsonRecord }));',
    'C18',
  ),
  rule('windows are numbered', 'redact.ts', "windowId: kit.names.name('window', windowId),", 'windowId,', 'C13'),
  rule(
    'unknown sources are dropped',
    'events/incremental.ts',
    "if (refused === undefined && !knownSources.has(data.source)) kit.tally.dropUnknown('source', 'event');",
    'if (refused === undefined && !knownSources.has(data.source)) return [{ data }];',
    'C18',
  ),
  rule(
    'drawings on canvases, fonts and selections are dropped',
    'events/incremental.ts',
    'const written = refused === undefined ? redactOther(data, kit) : undefined;',
    'const written = refused === undefined ? redactOther(data, kit) : data;',
    'C16 C26 C32',
  ),
  rule(
    'names of defined elements are numbered',
    'events/incremental.ts',
    'define: { name: nameTag(name.toLowerCase(), kit.names) }',
    'define: { name }',
    'C35',
  ),
  rule(
    'only known fields of clicks leave',
    'events/pointer.ts',
    "...pickPlaces(data, [], ['x', 'y']),",
    '...data,',
    'C18',
  ),
  rule(
    'only known fields of media leave',
    'events/pointer.ts',
    "...pickPlaces(data, [], ['volume', 'playbackRate']),",
    '...data,',
    'C40',
  ),
  rule(
    'sizes of windows are numbers',
    'events/pointer.ts',
    "const places = pickPlaces(data, ['width', 'height']);",
    'const places = data;',
    'C38',
  ),
  rule(
    'places of scrolling are numbers',
    'events/pointer.ts',
    "const places = pickPlaces(data, ['x', 'y']);",
    'const places = data;',
    'C38',
  ),
];

const pages: readonly Rule[] = [
  rule(
    'texts are masked word by word',
    'page/redact-text.ts',
    "if (region === 'plain' && !kit.readsTogether) return kit.maskText(text);",
    "if (region === 'plain' && !kit.readsTogether) return text;",
    'C07 C09 C14 C23 C28 C29 C41 C42 C43 C44',
  ),
  rule(
    'texts that are values are masked whole',
    'page/redact-text.ts',
    "kit.tally.mask('input');\n      return valueMask;",
    'return text;',
    'C08 C30',
  ),
  rule(
    'what is no text for readers is dropped',
    'page/redact-text.ts',
    "if (text !== '') kit.tally.drop('text');\n      return '';",
    'return text;',
    'C23 C27',
  ),
  rule(
    'texts of style elements are parsed',
    'page/redact-text.ts',
    'return kit.style.redactSheet(text);',
    'return text;',
    'C25',
  ),
  rule(
    'comments are emptied',
    'page/redact-node.ts',
    "return { type: node.type, textContent: '', id };",
    'return { type: node.type, textContent: node.textContent, id };',
    'C27',
  ),
  rule(
    'only known fields of nodes leave',
    'page/redact-node.ts',
    "if (!knownFields.has(field)) kit.tally.dropUnknown('field', 'field');",
    'if (!knownFields.has(field)) own[field] = node[field];',
    'C18',
  ),
  rule('ids of documents are numbers', 'page/redact-node.ts', 'if (isNodeId(node.rootId)) own', 'own', 'C18'),
  rule(
    'siblings are named by numbers',
    'page/redact-mutation.ts',
    'if (isNodeId(add.previousId) && !page.unsent.has(add.previousId)) written',
    'written',
    'C18',
  ),
  rule(
    'names of elements are numbered',
    'page/element-names.ts',
    "return standardTags.has(tag) ? tag : names.name('element', tag);",
    'return names ? tag : tag;',
    'C35',
  ),
  {
    name: 'editors are one mask, and their texts are values',
    edits: [
      {
        file: 'page/page-view.ts',
        from: 'if (this.hasEditors && this.editors.has(node)) return true;',
        to: 'return false;',
      },
      {
        file: 'page/text-context.ts',
        from: "return editable === undefined || editable === null || editable === 'false' || editable === 'inherit'\n    ? 'words'\n    : 'value';",
        to: "return 'words';",
      },
      { file: 'page/redact-text.ts', from: "kit.tally.mask('input');\n      return valueMask;", to: 'return text;' },
    ],
    channels: ['C31'],
  },
  {
    name: 'keypads and proposals are empty, and their texts masked',
    edits: [
      {
        file: 'page/page-view.ts',
        from: 'if (isPrivate) this.regions.exclude',
        to: 'if (!isPrivate) this.regions.exclude.length; else if (this.model === undefined) this.regions.exclude',
      },
      {
        file: 'page/redact-attribute.ts',
        from: "case 'text':\n      return maskText(text, owner, kit);",
        to: "case 'text':\n      return text;",
      },
    ],
    channels: ['C37'],
  },
];

const attributeFile = 'page/redact-attribute.ts';

const attributes: readonly Rule[] = [
  rule(
    'values in attributes are masked',
    attributeFile,
    "kit.tally.mask('input');\n  return valueMask;",
    'return text;',
    'C08 C30',
  ),
  rule(
    'labels of buttons are masked',
    attributeFile,
    "String(owner.attribute('type'))))\n    return maskText(text, owner, kit);",
    "String(owner.attribute('type'))))\n    return text;",
    'C08',
  ),
  rule(
    'attributes that hold text are masked',
    attributeFile,
    "case 'text':\n      return maskText(text, owner, kit);",
    "case 'text':\n      return text;",
    'C10 C19 C29 C41',
  ),
  rule('ids are numbered', attributeFile, "return kit.names.nameEach('id', text);", 'return text;', 'C21'),
  rule(
    'classes are numbered',
    attributeFile,
    "return kit.names.nameEach('class', text, kit.closes('state-classes') ? isStateClass : undefined);",
    'return text;',
    'C21 C35 C38',
  ),
  rule('parts are numbered', attributeFile, "return kit.names.nameEach('part', text);", 'return text;', 'C21'),
  rule('exported parts are numbered', attributeFile, 'return writeExportParts(text, kit);', 'return text;', 'C21'),
  rule(
    'slots are numbered',
    attributeFile,
    "case 'slot':\n      return kit.names.nameEach('slot', text);",
    "case 'slot':\n      return text;",
    'C21 C23',
  ),
  rule(
    'names are dropped but those of slots',
    attributeFile,
    "return owner.tag === 'slot' ? kit.names.nameEach('slot', text) : undefined;",
    'return text;',
    'C21 C22 C23',
  ),
  rule(
    'style attributes are parsed',
    attributeFile,
    "return kit.closes('meters') && isMeter(owner.node) ? undefined : kit.style.redactDeclarations(text);",
    'return text;',
    'C24 C38',
  ),
  rule('sheets in attributes are parsed', attributeFile, 'return kit.style.redactSheet(text);', 'return text;', 'C25'),
  rule('media queries are parsed', attributeFile, 'return kit.style.redactMedia(text);', 'return text;', 'C21'),
  rule(
    'of a language two letters stay',
    attributeFile,
    'return /^[a-z]{2}(?:-|$)/i.test(text) ? text.slice(0, 2).toLowerCase() : undefined;',
    'return text;',
    'C21',
  ),
  rule(
    'labels of options are values',
    attributeFile,
    "return ['option', 'optgroup', ''].includes(owner.tag) ? maskValue(text, kit) : maskText(text, owner, kit);",
    'return text;',
    'C19 C30',
  ),
  rule(
    'links are masked',
    attributeFile,
    "return kit.maskUrl(text).replace(/^https?:\\/\\/[^/]*/, '');",
    'return text;',
    'C20',
  ),
  rule(
    'links of a page lose their host',
    attributeFile,
    "return kit.maskUrl(text).replace(/^https?:\\/\\/[^/]*/, '');",
    'return kit.maskUrl(text);',
    'C20',
  ),
  rule(
    'fragments are numbered',
    attributeFile,
    "return text === '#' ? '#' : `#${kit.names.name('id', text.slice(1))}`;",
    'return text;',
    'C20',
  ),
  rule(
    'only what can be followed has an address',
    attributeFile,
    "if (tag !== 'a' && tag !== 'area' && !isCustomTag(tag)) return undefined;",
    "if (tag !== 'a' && tag !== 'area' && !isCustomTag(tag)) return text;",
    'C20 C29',
  ),
  rule(
    'bases and linked files lose their address',
    attributeFile,
    "if (tag === 'link' || tag === 'base' || tag === 'image' || tag === 'feimage') return undefined;",
    "if (tag === 'link' || tag === 'base' || tag === 'image' || tag === 'feimage') return text;",
    'C15 C25 C28',
  ),
  rule(
    'pictures become flat',
    attributeFile,
    'return writePicture(name, owner, kit);',
    'return text;',
    'C15 C20 C22 C41',
  ),
  rule(
    'which of several is chosen is dropped but of tabs',
    attributeFile,
    "return owner.attribute('role') === 'tab' && ['true', 'false'].includes(text) ? text : undefined;",
    'return text;',
    'C38',
  ),
  rule(
    'attributes on the black list are dropped',
    attributeFile,
    'if (rule) return drop(kit);',
    'if (rule) return [[name, String(value)]];',
    'C15 C20 C22 C28 C38 C40',
  ),
  rule(
    'unknown attributes are dropped',
    attributeFile,
    "kit.tally.dropUnknown('attribute', 'attribute');\n    return [];",
    'return [[name, String(value)]];',
    'C21',
  ),
  rule(
    'names of own attributes are numbered',
    'page/page-names.ts',
    "return names.name('attribute', name);",
    'return names ? name : name;',
    'C21 C35',
  ),
  rule(
    'values of own attributes are numbered',
    'page/page-names.ts',
    "return keywordShape.test(value) ? names.name('attribute-value', value) : '';",
    'return names ? value : value;',
    'C10 C21 C41',
  ),
  rule(
    'attributes of known words hold no others',
    attributeFile,
    "return words.length <= 8 && words.every((word) => allowed.has(word)) ? words.join(' ') : undefined;",
    'return allowed ? text : text;',
    'C21',
  ),
  rule(
    'sizes in attributes are numbers',
    attributeFile,
    'const plain = number === undefined ? undefined : plainNumber(number);\n  return plain === undefined ? undefined : `${plain}${unit}`;',
    'return number === undefined ? text : number + unit;',
    'C38',
  ),
  rule(
    'attributes of drawings are parsed',
    attributeFile,
    'return kit.style.redactProperty(rule.property, text)?.value;',
    'return text;',
    'C29',
  ),
];

const styles: readonly Rule[] = [
  rule(
    'sheets are written anew',
    'style/sheet.ts',
    "this.orDropped(() => this.writeSheet(original)) ?? ''",
    'original',
    'C25',
  ),
  rule(
    'single rules are written anew',
    'style/sheet.ts',
    'this.orDropped(() => this.writeOnlyRule(text)) ?? inertRule',
    'text',
    'C25',
  ),
  rule(
    'single declarations are written anew',
    'style/sheet.ts',
    "this.orDropped(() => this.writePlainValue(property, value)) ?? ''",
    'value',
    'C24',
  ),
  rule(
    'unknown properties are dropped',
    'style/sheet.ts',
    'return isProperty(lower) ? lower : undefined;',
    'return lower;',
    'C24',
  ),
  rule(
    'strings in styles are emptied',
    'style/style-value.ts',
    'return \'""\';\n}\n\nfunction writeFunction',
    'return `"${value}"`;\n}\n\nfunction writeFunction',
    'C25',
  ),
  rule(
    'generated text is dropped',
    'style/style-value.ts',
    'contentKeywords.has(keyword) ? keyword : \'""\'',
    "first?.type === 'String' ? first.value : keyword",
    'C24 C25',
  ),
  rule(
    'addresses in styles are dropped',
    'style/style-value.ts',
    ": 'none';\n    case 'Function'",
    ": node.value;\n    case 'Function'",
    'C24 C25',
  ),
  rule(
    'fonts are from a list',
    'style/style-value.ts',
    '`"${value.trim().toLowerCase()}"` : \'""\';',
    'value : value;',
    'C25',
  ),
  rule(
    'names in styles are numbered',
    'style/style-value.ts',
    "isKeyword(lower) ? lower : names.name('css-name', name)",
    'lower',
    'C25',
  ),
  rule(
    'custom properties are numbered',
    'style/style-value.ts',
    "return names.name('custom-property', name);",
    'return name;',
    'C25',
  ),
  rule(
    'classes in selectors are numbered',
    'style/selectors.ts',
    "return `.${page.names.name('class', decode(part.name))}`;",
    'return `.${part.name}`;',
    'C25',
  ),
  rule(
    'ids in selectors are numbered',
    'style/selectors.ts',
    "return `#${page.names.name('id', decode(part.name))}`;",
    'return `#${part.name}`;',
    'C25',
  ),
  rule(
    'values in selectors are dropped',
    'page/page-names.ts',
    "return value === '' ? '' : undefined;",
    'return value;',
    'C25',
  ),
  rule(
    'pseudo-classes are from a list',
    'style/selectors.ts',
    'if (!pseudoClasses.has(name)) return undefined;',
    '',
    'C25',
  ),
];

export const rules: readonly Rule[] = [...events, ...pages, ...attributes, ...styles];
