import type { Application, Asked, Reply } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

/** A tile of an invented map. Some are missing, as on real servers. */
function tile({ path }: Asked): Reply | undefined {
  const [, z = '', x = '', y = ''] = /^\/tiles\/(\d+)\/(-?\d+)\/(-?\d+)\.svg$/.exec(path) ?? [];
  if (z === '' || (Number(x) + Number(y)) % 7 === 0) return undefined;
  const hue = (Number(x) * 37 + Number(y) * 61) % 360;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="hsl(${hue} 40% 85%)"/><path d="M0 ${hue % 256}H256M${hue % 200} 0V256" stroke="#999"/></svg>`;
  return { contentType: 'image/svg+xml', body };
}

export const leaflet: Application = {
  name: 'leaflet',
  kind: 'map on a phone (Leaflet)',
  packages: ['leaflet'],
  languages: ['es', 'it'],
  viewport: { width: 412, height: 840 },
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).address,
      styles: ['/npm/leaflet/dist/leaflet.css'],
      scripts: ['/npm/leaflet/dist/leaflet.js'],
      body: '<div id="map" style="height:360px"></div>',
      script: `const map = L.map('map').setView([42.7, 12.1], 12);
        L.tileLayer('/tiles/{z}/{x}/{y}.svg', { attribution: 'Corpus' }).addTo(map);
        const popup = document.createElement('div');
        popup.innerHTML = '<b></b><br><input class="place">';
        popup.querySelector('b').textContent = scene.person.other;
        L.marker([42.71, 12.11]).addTo(map).bindPopup(popup);
        map.on('click', ({ latlng }) => { L.circleMarker(latlng).addTo(map); fetch('/api/places?lat=' + latlng.lat + '&q=' + scene.person.city); });`,
    }),
  }),
  answer: (asked) =>
    asked.path === '/api/places' ? { status: 429, body: { error: 'slow down' } } : (tile(asked) ?? answerOffice(asked)),
  async use(user, scene) {
    await user.until('.leaflet-marker-icon');
    await user.drag([200, 300], [120, 220]);
    await user.click('.leaflet-control-zoom-in');
    await user.pause(1000);
    await user.click('.leaflet-control-zoom-out');
    await user.pause(1000);
    await user.clickAt(100, 300);
    await user.pause(1000);
    await user.page.locator('.leaflet-marker-icon').first().dispatchEvent('click');
    await user.fill('.leaflet-popup .place', scene.person.street);
    await user.page.setViewportSize({ width: 412, height: 780 });
    await user.scroll(500);
    await enterCustomer(user, scene);
  },
};

export const openLayers: Application = {
  name: 'openlayers',
  kind: 'map on a canvas (OpenLayers)',
  packages: ['ol'],
  languages: ['sv', 'en'],
  recordCanvas: true,
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).address,
      styles: ['/npm/ol/ol.css'],
      scripts: ['/npm/ol/dist/ol.js'],
      body: '<div id="map" style="height:400px"></div>',
      script: `const map = new ol.Map({ target: 'map', view: new ol.View({ center: [2000000, 7900000], zoom: 8 }),
          layers: [new ol.layer.Tile({ source: new ol.source.XYZ({ url: '/tiles/{z}/{x}/{y}.svg' }) })] });
        map.on('singleclick', ({ coordinate }) => { document.querySelector('.known').textContent = ol.coordinate.toStringXY(coordinate); });`,
    }),
  }),
  answer: (asked) => tile(asked) ?? answerOffice(asked),
  async use(user, scene) {
    await user.until('.ol-zoom-in');
    await user.pause(1500);
    await user.drag([400, 300], [520, 360]);
    await user.click('.ol-zoom-in');
    await user.clickAt(300, 250);
    await user.pause(1500);
    await enterCustomer(user, scene);
  },
};
