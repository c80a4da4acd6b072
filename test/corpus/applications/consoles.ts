import type { Application, Asked, Reply, Scene } from '../application';
import { labelsOf } from '../languages';

/** The description of an invented HTTP API, with texts in the scene's language. */
function openApi({ language, person }: Scene): object {
  const labels = labelsOf(language);
  const customer = {
    type: 'object',
    properties: {
      name: { type: 'string', example: person.other },
      email: { type: 'string' },
      city: { type: 'string' },
    },
  };
  const content = { 'application/json': { schema: customer } };
  return {
    openapi: '3.0.3',
    info: { title: `${labels.customers} API`, version: '1.4.0', description: labels.help },
    servers: [{ url: '/api' }],
    paths: {
      '/customers': {
        get: {
          tags: [labels.customers],
          summary: labels.search,
          parameters: [{ name: 'q', in: 'query', description: labels.name, schema: { type: 'string' } }],
          responses: { 200: { description: labels.details, content } },
        },
        post: {
          tags: [labels.customers],
          summary: labels.save,
          requestBody: { content },
          responses: { 201: { description: labels.saved }, 422: { description: labels.failed } },
        },
      },
      '/orders/{id}': {
        get: {
          tags: [labels.orders],
          summary: labels.details,
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
          responses: { 200: { description: labels.total }, 404: { description: labels.failed } },
        },
      },
    },
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
    security: [{ key: [] }],
  };
}

function answerApi({ method, path, body }: Asked, scene: Scene): Reply | undefined {
  if (path === '/openapi.json') return { body: openApi(scene) };
  if (path === '/api/customers' && method === 'GET')
    return { body: [{ name: scene.person.other, email: scene.person.email, id: 20417 }] };
  if (path === '/api/customers') return { status: 422, body: { received: body, error: 'email' } };
  if (path.startsWith('/api/orders/')) return { status: 404, body: { error: 'not found' } };
  return undefined;
}

const apiKey = 'sk_corpus_7Qm2vX9tLd4RzB81';

export const swaggerUi: Application = {
  name: 'swagger-ui',
  kind: 'API console (Swagger UI)',
  packages: ['swagger-ui-dist'],
  languages: ['en', 'de', 'pt'],
  pages: (scene) => ({
    '/': `<!doctype html><html lang="${scene.language}"><head><meta charset="utf-8"><title>Swagger UI</title>
<link rel="stylesheet" href="/npm/swagger-ui-dist/swagger-ui.css"></head><body><div id="swagger-ui"></div>
<script src="/npm/swagger-ui-dist/swagger-ui-bundle.js"></script>
<script src="/npm/swagger-ui-dist/swagger-ui-standalone-preset.js"></script>
<script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout', validatorUrl: null })</script></body></html>`,
  }),
  answer: answerApi,
  async use(user, { person }) {
    await user.click('.btn.authorize');
    await user.fill('.auth-container input', apiKey);
    await user.click('.auth-btn-wrapper .authorize');
    await user.click('.auth-btn-wrapper .btn-done');
    await user.click('.opblock-get .opblock-summary-control');
    await user.click('.try-out__btn');
    await user.fill('.parameters-col_description input', person.name);
    await user.click('.execute');
    await user.pause(2000);
    await user.click('.opblock-post .opblock-summary-control');
    await user.click('.opblock-post .try-out__btn');
    await user.fill('.opblock-post textarea', JSON.stringify({ name: person.name, email: person.email }));
    await user.click('.opblock-post .execute');
    await user.pause(2000);
    await user.scroll(900);
    await user.click('.models-control, .opblock-tag');
    await user.clickAgain('.info .title', 4);
    await user.pause(5000);
  },
};

export const rapidoc: Application = {
  name: 'rapidoc',
  kind: 'API console in shadow roots (RapiDoc)',
  packages: ['rapidoc'],
  languages: ['fr', 'es'],
  pages: (scene) => ({
    '/': `<!doctype html><html lang="${scene.language}"><head><meta charset="utf-8"><title>API</title>
<script type="module" src="/npm/rapidoc/dist/rapidoc-min.js"></script></head>
<body><rapi-doc spec-url="/openapi.json" render-style="view" load-fonts="false"></rapi-doc></body></html>`,
  }),
  answer: answerApi,
  async use(user, { person }) {
    await user.click('rapi-doc .endpoint-head');
    await user.fill('rapi-doc .request-param', person.name);
    await user.click('rapi-doc .m-btn.thin-border.primary');
    await user.pause(2500);
    await user.fill('rapi-doc #api-key-input, rapi-doc .api-key-input', apiKey);
    await user.scroll(600);
    await user.pause(4000);
  },
};

const schemaReply = {
  data: {
    __schema: {
      queryType: { name: 'Query' },
      mutationType: null,
      subscriptionType: null,
      directives: [],
      types: [
        {
          kind: 'OBJECT',
          name: 'Query',
          fields: [{ name: 'customer', args: [], type: { kind: 'SCALAR', name: 'String' }, isDeprecated: false }],
          interfaces: [],
        },
        { kind: 'SCALAR', name: 'String' },
        { kind: 'SCALAR', name: 'Boolean' },
      ],
    },
  },
};

const altairLocales: Readonly<Record<string, string>> = { de: 'de-DE', ja: 'ja-JP' };

export const altair: Application = {
  name: 'altair',
  kind: 'GraphQL client (Altair)',
  packages: ['altair-static'],
  languages: ['en', 'de', 'ja'],
  pages: ({ language }) => ({
    '/': `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>Altair</title>
<base href="/npm/altair-static/build/dist/"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="stylesheet" href="styles.css"></head><body><app-root></app-root>
<script src="polyfills.js" type="module"></script><script src="main.js" type="module"></script>
<script>addEventListener('DOMContentLoaded', () => AltairGraphQL.init({ endpointURL: 'https://altair.example/graphql',
  baseURL: 'https://altair.example/npm/altair-static/build/dist/', initialSettings: { language: '${altairLocales[language] ?? 'en-US'}' } }))</script></body></html>`,
  }),
  answer: ({ path, body }, { person }) => {
    if (path !== '/graphql') return undefined;
    if (body.includes('__schema')) return { body: schemaReply };
    return { status: 200, body: { data: { customer: person.other }, extensions: { took: 12 } } };
  },
  async use(user, { person }) {
    await user.click('.cm-content.cm-lineWrapping');
    await user.press('ControlOrMeta+a');
    await user.type(`query Find { customer(name: "${person.name}") }`);
    await user.press('ControlOrMeta+Enter');
    await user.pause(2500);
    await user.scroll(200);
    await user.pause(4000);
  },
};
