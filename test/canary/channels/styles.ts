import { element, text } from '../../unit/redaction/small-page';
import { incremental, mutation, type Channel } from './planted';

function sheetOf(written: string): string {
  return `.c::before{content:"${written}";background:url("https://x.test/${written}")} .d{--user:${written};font-family:"${written}"}
    @import "${written}.css";@font-face{font-family:"${written}";src:url("${written}")} [value="${written}"]{color:red}
    a[href*="${written}"]{color:red} /* ${written} */ @property --n{syntax:"${written}"} :lang("${written}"){top:0}
    .e{grid-template-areas:"${written}";quotes:"${written}" "x"} @layer "${written}";
    /*# sourceMappingURL=${written} */`;
}

/** Names that authors choose. A separate sheet, because most encodings don't produce valid names. */
const namesOf = (written: string): string =>
  `.${written}{color:red} #${written}{color:red} .f{animation:${written} 1s;--${written}:1px} .g:${written}{top:0} ${written}-el{top:0}`;

const sheetEvents = (written: string, id: number): { type: number; data: unknown }[] => {
  const sheet = sheetOf(written);
  return [
    incremental(8, { id, adds: [{ rule: `.c{content:"${written}"}`, index: 0 }], replace: sheet, replaceSync: sheet }),
    incremental(15, {
      id,
      styleIds: [1],
      styles: [{ styleId: 1, rules: [{ rule: `[data-x="${written}"]{color:red}`, index: 0 }] }],
    }),
  ];
};

/** Styles of elements, style sheets and fonts. */
export const styleChannels: readonly Channel[] = [
  {
    id: 'C24',
    what: 'styles of elements',
    plant(written, id) {
      const late = id();
      return {
        body: [element(late, 'p', { style: `--user:${written};background:url("${written}");content:"${written}"` })],
        events: [
          mutation({
            attributes: [
              {
                id: late,
                attributes: {
                  style: { '--user': written, content: `"${written}"`, color: [written, written], [written]: 'red' },
                },
              },
              { id: late, attributes: { style: `background-image:url("${written}")` } },
            ],
          }),
          incremental(13, { id: late, index: [0], set: { property: '--user', value: written, priority: written } }),
          incremental(13, { id: late, index: [0], set: { property: 'content', value: `"${written}"` } }),
          incremental(13, { id: late, index: [0], set: { property: 'background', value: `url("${written}")` } }),
          incremental(13, { id: late, index: [0], remove: { property: written } }),
        ],
      };
    },
  },
  {
    id: 'C25',
    what: 'style sheets',
    plant(written, id) {
      const style = id();
      const sheet = sheetOf(written);
      return {
        body: [
          element(style, 'style', { _cssText: sheet }, [text(id(), '')]),
          element(id(), 'style', {}, [text(id(), sheet, { isStyle: true })]),
          element(id(), 'style', { _cssText: namesOf(written) }),
          element(id(), 'link', { rel: 'stylesheet', _cssText: sheet, href: written }),
        ],
        events: sheetEvents(written, style),
      };
    },
  },
  {
    id: 'C26',
    what: 'fonts',
    plant: (written) => ({
      events: [
        incremental(10, {
          family: written,
          fontSource: `url(https://fonts.test/${written})`,
          buffer: false,
          descriptors: { display: written },
        }),
        incremental(10, { family: 'Own', fontSource: Buffer.from(written).toString('base64'), buffer: true }),
      ],
    }),
  },
];
