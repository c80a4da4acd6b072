/** Constants of HTTP: names and values of headers, methods, media types, and the words of request logs. */

/** Headers beginning with `x-` whose values are the same for many users: they configure browsers, proxies and caches. */
export const technicalHeader =
  /^x-(?:requested-with|content-type-options|frame-options|xss-protection|powered-by|dns-prefetch-control|download-options|permitted-cross-domain-policies|robots-tag|ua-compatible|http-method(?:-override)?|method-override|accel-[a-z-]+|cache(?:-[a-z-]+)?|served-by|runtime|(?:aspnet|aspnetmvc|drupal|litespeed)[a-z-]*|content-security-policy|webkit-csp|pingback|generator|nextjs-[a-z-]+|matched-path|middleware-[a-z-]+|inertia(?:-version)?|pjax[a-z-]*|turbo[a-z-]*|livewire|ratelimit-[a-z-]+|rate-limit-[a-z-]+|timer|backend[a-z-]*|proxy-cache|varnish[a-z-]*|vercel-cache|amz-cf-pop|edge-[a-z-]+|response-time|page-speed|mod-pagespeed|dropbox-[a-z-]*|goog-[a-z-]*|github-(?:media-type|api-version)[a-z-]*|accepted-oauth-scopes|oauth-scopes|forwarded-(?:proto|port|host)|original-(?:url|method|uri)|rewrite-url|api-version|client-(?:version|name|platform)|app-(?:version|name|platform)|platform|version|locale|language|lang|time-?zone|theme)$/;

const headers = new Set(
  `accept accept-ch accept-charset accept-encoding accept-language accept-patch accept-post accept-ranges
  access-control-allow-credentials access-control-allow-headers access-control-allow-methods access-control-allow-origin
  access-control-expose-headers access-control-max-age access-control-request-headers access-control-request-method age allow alt-svc
  alt-used attribution-reporting-eligible authorization cache-control cdn-cache-control cdn-loop clear-site-data connection
  content-digest content-disposition content-dpr content-encoding content-language content-length content-location content-range
  content-security-policy content-security-policy-report-only content-type cookie critical-ch cross-origin-embedder-policy
  cross-origin-opener-policy cross-origin-resource-policy date device-memory dnt downlink dpr early-data ect etag expect expect-ct
  expires forwarded from host if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive last-modified link
  location max-forwards nel origin origin-agent-cluster permissions-policy pragma priority proxy-authenticate proxy-authorization range
  referer referrer-policy refresh report-to reporting-endpoints retry-after rtt save-data sec-ch-prefers-color-scheme
  sec-ch-prefers-reduced-motion sec-ch-ua sec-ch-ua-arch sec-ch-ua-bitness sec-ch-ua-full-version-list sec-ch-ua-mobile
  sec-ch-ua-model sec-ch-ua-platform sec-ch-ua-platform-version sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user sec-gpc
  sec-purpose sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-protocol sec-websocket-version server
  server-timing service-worker service-worker-allowed set-cookie sourcemap speculation-rules strict-transport-security
  supports-loading-mode te timing-allow-origin trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary via
  viewport-width want-content-digest warning width www-authenticate`.split(/\s+/),
);

const values = new Set(
  `connect delete get head options patch post put trace basic bearer digest negotiate gzip deflate br zstd identity compress chunked
  trailers keep-alive close upgrade websocket no-cache no-store no-transform must-revalidate must-understand proxy-revalidate
  only-if-cached public private immutable max-age s-maxage max-stale min-fresh stale-while-revalidate stale-if-error
  includesubdomains preload same-origin same-site cross-site cross-origin none cors no-cors navigate require-corp credentialless
  unsafe-none same-origin-allow-popups sameorigin deny allowall allow-from nosniff noopen noindex nofollow noarchive nosnippet
  no-referrer no-referrer-when-downgrade origin-when-cross-origin strict-origin strict-origin-when-cross-origin unsafe-url bytes
  utf-8 utf8 iso-8859-1 us-ascii windows-1252 charset boundary attachment inline filename httponly secure samesite lax strict path
  domain expires document empty worker sharedworker serviceworker script style image font audio video track object embed iframe frame
  manifest report xslt xmlhttprequest fetch beacon navigation resource early-hint ping eventsource subdocument omit include follow
  error manual default force-cache reload opaque opaqueredirect opaqueredirected http https wss ftp http/1.0 http/1.1 http/2 http/2.0
  h2 h2c h3 quic hit miss expired bypass dynamic revalidated updating stale mode=block block ie=edge edge swr etag ?0 ?1 u=1 i
  access-control-allow-origin cloudflare nginx apache express next.js asp.net php heroku vercel netlify varnish cloudfront from`.split(
    /\s+/,
  ),
);

const statusText =
  /^(?:continue|switching protocols|processing|early hints|ok|created|accepted|non-authoritative information|no content|reset content|partial content|multi-status|already reported|im used|multiple choices|moved permanently|found|see other|not modified|use proxy|temporary redirect|permanent redirect|bad request|unauthorized|payment required|forbidden|not found|method not allowed|not acceptable|proxy authentication required|request timeout|conflict|gone|length required|precondition failed|payload too large|content too large|uri too long|unsupported media type|range not satisfiable|expectation failed|i'm a teapot|misdirected request|unprocessable (?:entity|content)|locked|failed dependency|too early|upgrade required|precondition required|too many requests|request header fields too large|unavailable for legal reasons|internal server error|not implemented|bad gateway|service unavailable|gateway timeout|http version not supported|variant also negotiates|insufficient storage|loop detected|not extended|network authentication required)$/;

const mediaType =
  /^(?:\*|application|audio|font|image|message|model|multipart|text|video)\/(?:\*|[a-z][a-z0-9.+-]{1,60})$/;
/** A number with the directive that it belongs to, a weight, or the number of a few bytes. */
const directive =
  /^(?:max-age|s-maxage|stale-while-revalidate|stale-if-error|max-stale|min-fresh|timeout|max|q|u)=\d{1,9}(?:\.\d{1,3})?$/;
const locale = /^[a-z]{2,3}[-_](?:[A-Z][a-z]{3}(?:[-_][A-Z]{2})?|[A-Z]{2}|419)$/;

function isHttpToken(token: string): boolean {
  const lower = token.toLowerCase();
  return (
    values.has(lower) || headers.has(lower) || mediaType.test(lower) || directive.test(lower) || locale.test(token)
  );
}

/** Returns true for the name of a header, a method, a media type, a status text, and a list of such values. */
export function isHttp(text: string): boolean {
  if (isHttpToken(text) || technicalHeader.test(text.toLowerCase()) || statusText.test(text.toLowerCase())) return true;
  // Plain words alone may be somebody's sentence.
  if (text.length > 400 || !/[/;,=-]/.test(text)) return false;
  const tokens = text.split(/[\s;,]+/).filter((token) => token !== '');
  return tokens.every(
    (token) => isHttpToken(token) || token.split('=').every((part) => isHttpToken(part) || /^[01]$/.test(part)),
  );
}
