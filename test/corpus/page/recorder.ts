import { record } from 'rrweb';

/**
 * Records the page it runs in from the start, as an application does that sends its console and its requests along. Runs before the
 * page's own scripts.
 */

type Emit = (json: string) => void;
const page = window as unknown as { emitEvent: Emit; recorderOptions: { recordCanvas: boolean } };

interface PluginEvent {
  plugin: string;
  payload: unknown;
}

const pluginType = 6;
const emit = (event: unknown): void => page.emitEvent(JSON.stringify(event));
const emitPlugin = (data: PluginEvent): void => emit({ type: pluginType, data, timestamp: Date.now() });

function start(): void {
  record({
    emit,
    recordCanvas: page.recorderOptions.recordCanvas,
    sampling: { canvas: 2 },
    dataURLOptions: { type: 'image/webp', quality: 0.4 },
    collectFonts: true,
    // The worst case: nothing is masked by the recorder.
    maskAllInputs: false,
    maskInputOptions: { password: false },
  });
  watchConsole();
  watchRequests();
}

/** Writes the events of rrweb's console plugin. */
function watchConsole(): void {
  const levels = ['debug', 'error', 'info', 'log', 'warn'] as const;
  for (const level of levels) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      emitConsole(level, values, new Error().stack);
    };
  }
  window.addEventListener('error', ({ message, error }) => {
    const stack = error instanceof Error ? error.stack : undefined;
    emitConsole('error', [message], stack);
  });
  window.addEventListener('unhandledrejection', ({ reason }) => {
    emitConsole('error', ['Uncaught (in promise)', String(reason)], reason instanceof Error ? reason.stack : undefined);
  });
}

function emitConsole(level: string, values: readonly unknown[], stack = ''): void {
  const payload = values.map((value) => JSON.stringify(value instanceof Error ? String(value) : printable(value)));
  const trace = stack.split('\n').slice(2, 8);
  emitPlugin({ plugin: 'rrweb/console@1', payload: { level, trace, payload } });
}

function printable(value: unknown): unknown {
  try {
    return (JSON.stringify(value) ?? '').length < 2000 ? (value ?? null) : '[object]';
  } catch {
    return '[object]';
  }
}

interface SeenRequest {
  name: string;
  method: string;
  initiatorType: 'fetch' | 'xmlhttprequest';
  startedAt: number;
  requestBody?: string;
}

/** Writes the events of the network plugin in the form of PostHog. */
function watchRequests(): void {
  const fetch = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const seen: SeenRequest = {
      name: request.url,
      method: request.method,
      initiatorType: 'fetch',
      startedAt: Date.now(),
      ...(typeof init?.body === 'string' && { requestBody: init.body }),
    };
    try {
      const response = await fetch(input, init);
      const isText = /json|text/.test(response.headers.get('content-type') ?? '');
      emitRequest(seen, response.status, isText ? await response.clone().text() : undefined);
      return response;
    } catch (error) {
      emitRequest(seen, 0);
      throw error;
    }
  };
  window.XMLHttpRequest = class extends XMLHttpRequest {
    private seen: SeenRequest | undefined;

    override open(
      method: string,
      url: string | URL,
      isAsync = true,
      user?: string | null,
      password?: string | null,
    ): void {
      const name = new URL(url, document.baseURI).href;
      this.seen = { name, method: method.toUpperCase(), initiatorType: 'xmlhttprequest', startedAt: 0 };
      super.open(method, url, isAsync, user, password);
    }

    override send(body?: Document | XMLHttpRequestBodyInit | null): void {
      const { seen } = this;
      if (seen) {
        seen.startedAt = Date.now();
        if (typeof body === 'string') seen.requestBody = body;
        this.addEventListener('loadend', () => {
          emitRequest(seen, this.status, this.responseType === '' ? this.responseText : undefined);
        });
      }
      super.send(body);
    }
  };
}

const bodyLimit = 4000;

function emitRequest({ startedAt, requestBody, ...request }: SeenRequest, status: number, responseBody?: string): void {
  const duration = Date.now() - startedAt;
  const entry = {
    ...request,
    entryType: 'resource',
    status,
    startTime: startedAt - performance.timeOrigin,
    endTime: startedAt - performance.timeOrigin + duration,
    duration,
    timestamp: startedAt,
    ...(requestBody !== undefined && { requestBody: requestBody.slice(0, bodyLimit) }),
    ...(responseBody !== undefined && { responseBody: responseBody.slice(0, bodyLimit) }),
  };
  emitPlugin({ plugin: 'rrweb/network@1', payload: { requests: [entry] } });
}

// A frame of the page's own origin is recorded by the page around it.
if (window === window.top) start();
