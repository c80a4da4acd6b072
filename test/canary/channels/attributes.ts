import { element, text } from '../../unit/redaction/small-page';
import { click, incremental, mutation, type Channel } from './planted';

const give = (names: string, value: string): Record<string, string> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, value]));

const textNames = `title alt placeholder aria-label aria-description aria-valuetext aria-roledescription label summary content datetime cite
  download filename abbr standby`;
const urlNames = `href src srcset rr_src action formaction poster data ping xlink:href imagesrcset background codebase`;
const ownNames = `data-user data-props id name for class part slot itemid property itemprop form list headers aria-labelledby aria-describedby
  exportparts role type lang rel target accesskey media is key ng-model v-text`;

/** Attributes of elements. */
export const attributeChannels: readonly Channel[] = [
  {
    id: 'C15',
    what: 'images',
    plant(written, id) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg"><text>${written}</text></svg>`;
      const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
      const [canvas, image] = [id(), id()];
      return {
        body: [
          element(canvas, 'canvas', { rr_dataURL: url }),
          element(image, 'img', {
            rr_dataURL: url,
            src: `data:image/svg+xml,${encodeURIComponent(svg)}`,
            srcset: `${url} 2x`,
          }),
          element(id(), 'input', { type: 'image', src: url }),
          element(id(), 'video', { poster: url }),
          element(id(), 'svg', {}, [element(id(), 'image', { href: url, 'xlink:href': url })]),
          element(id(), 'td', { background: url, style: `background: url(${url})` }),
        ],
        events: [mutation({ attributes: [{ id: image, attributes: { src: url, rr_dataURL: url } }] })],
      };
    },
  },
  {
    id: 'C19',
    what: 'attributes that hold text',
    plant(written, id) {
      const [button, late] = [id(), id()];
      return {
        body: [
          element(button, 'button', give(textNames, written)),
          element(id(), 'img', { alt: written, title: `Order of ${written}` }),
          element(late, 'button', {}, [text(id(), 'Order')]),
        ],
        events: [
          click(button),
          mutation({ attributes: [{ id: late, attributes: give(textNames, written) }] }),
          click(late),
        ],
      };
    },
  },
  {
    id: 'C20',
    what: 'URLs in attributes',
    plant(written, id) {
      const [link, late] = [id(), id()];
      const url = `https://shop.test/u/${written}?q=${written}#${written}`;
      return {
        body: [
          element(link, 'a', give(urlNames, url), [text(id(), 'Order')]),
          ...['img', 'form', 'video', 'object', 'use', 'button', 'area', 'source', 'x-link'].map((tag) =>
            element(id(), tag, give(urlNames, url)),
          ),
          ...['mailto', 'tel', 'sms', 'javascript', 'blob'].map((scheme) =>
            element(id(), 'a', { href: `${scheme}:${written}` }),
          ),
          element(id(), 'a', { href: written }),
          element(id(), 'a', { href: `#${written}` }),
          element(id(), 'a', { href: `//${written}.shop.test/${written}` }),
          element(id(), 'a', { href: `https://${written.replace(/[^a-z0-9]/gi, '') || 'x'}.test/` }),
          element(late, 'a'),
        ],
        events: [click(link), mutation({ attributes: [{ id: late, attributes: give(urlNames, url) }] })],
      };
    },
  },
  {
    id: 'C21',
    what: 'names and custom attributes',
    plant(written, id) {
      const late = id();
      return {
        body: [
          element(id(), 'div', {
            ...give(ownNames, written),
            [`data-${written}`]: 'x',
            [written]: written,
            onclick: written,
          }),
          element(id(), 'x-own', { ...give(ownNames, written), 'data-page': JSON.stringify({ user: written }) }),
          element(late, 'div'),
        ],
        events: [
          mutation({ attributes: [{ id: late, attributes: { ...give(ownNames, written), [written]: written } }] }),
          click(late),
        ],
      };
    },
  },
  {
    id: 'C40',
    what: 'media',
    plant(written, id) {
      const video = id();
      return {
        body: [
          element(video, 'video', {
            src: `https://media.test/${written}.mp4`,
            rr_mediaState: written,
            rr_mediaCurrentTime: written,
            title: written,
          }),
          element(id(), 'track', { src: written, label: written, srclang: written }),
        ],
        events: [
          incremental(7, {
            id: video,
            type: 0,
            currentTime: written,
            src: written,
            volume: 1,
            muted: false,
            playbackRate: 1,
            loop: false,
          }),
        ],
      };
    },
  },
];
