import type { Application, Asked } from '../application';
import { labelsOf } from '../languages';
import { answerOffice, enterCustomer, officePage } from '../office';

const remoteConfig = {
  supportedCompression: [],
  hasFeatureFlags: false,
  capturePerformance: { network_timing: true, web_vitals: false },
  autocapture_opt_out: false,
  captureDeadClicks: false,
  sessionRecording: {
    endpoint: '/s/',
    recorderVersion: 'v2',
    consoleLogRecordingEnabled: true,
    networkPayloadCapture: { recordBody: true, recordHeaders: true },
    masking: { maskAllInputs: false },
  },
  surveys: false,
  toolbarParams: {},
  isAuthenticated: false,
};

/** The page of the back office, recorded by PostHog's own SDK. */
export const posthogOffice: Application = {
  name: 'posthog-office',
  kind: 'back office with the recorder of PostHog',
  packages: ['posthog-js', 'quill'],
  languages: ['en', 'de'],
  pages: (scene) => ({
    '/': officePage(scene, {
      title: labelsOf(scene.language).customers,
      styles: ['/npm/quill/dist/quill.snow.css'],
      scripts: ['/npm/posthog-js/dist/array.full.js', '/npm/quill/dist/quill.js'],
      body: `<div id="letter" style="height:160px"><p>${scene.person.other}</p></div>`,
      script: `posthog.init('phc_corpus', { api_host: location.origin + '/ingest', disable_compression: true, capture_pageview: true,
          session_recording: { maskAllInputs: false, compress_events: false }, person_profiles: 'always', opt_out_useragent_filter: true });
        posthog.identify(scene.person.email, { name: scene.person.name });
        new Quill('#letter', { theme: 'snow' });`,
    }),
  }),
  answer(asked) {
    if (asked.path.endsWith('/config')) return { body: remoteConfig };
    if (asked.path.startsWith('/ingest/')) return { body: { status: 1, ...remoteConfig } };
    return answerOffice(asked);
  },
  recordedIn({ path, body }: Asked): unknown[] {
    if (!path.startsWith('/ingest/s')) return [];
    const sent: unknown = JSON.parse(body);
    return [sent].flat().flatMap((capture) => (capture as Capture).properties?.$snapshot_data ?? []);
  },
  async use(user, scene) {
    await user.pause(2000);
    await user.click('.ql-editor');
    await user.type(scene.person.message);
    await enterCustomer(user, scene);
    await user.pause(5000);
  },
};

interface Capture {
  properties?: { $snapshot_data?: unknown[] };
}
