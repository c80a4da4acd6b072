const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Services whose keys have no form of their own. A random value beside such a name is a secret. */
const services = words(`
adafruit adobe airtable algolia alibaba aliyun asana atlassian jira confluence aws amazon azure beamer bitbucket bittrex bitly branch buildkite
circleci clearbit cloudflare codecov cohere coinbase confluent contentful datadog dd databricks deepl deepgram digitalocean discord doppler
drone droneci dropbox duffel dynatrace easypost elastic etsy eventbrite facebook fastly figma finicity finnhub firebase flickr flutterwave
freshbooks freshdesk gcp gitea github gitlab gitter gocardless google grafana harness hashicorp heroku hubspot intercom infura instagram
ipstack jenkins jfrog artifactory bintray kraken kucoin launchdarkly linear linkedin lob looker mailchimp mailgun mailjet mapbox mattermost
maxmind meraki messagebird microsoft mongo mongodb mysql postgres redis netlify newrelic relic notion npm nuget nytimes newyorktimes times
okta onesignal openai openweather opsgenie pagerduty paypal pinterest plaid planetscale postman postmark privateai pubnub pusher rapidapi
readme reddit rollbar rubygems salesforce segment sendbird sendgrid sendinblue sentry shippo shopify sidekiq slack snyk sonar sonarqube
spotify square squarespace stripe sumo sumologic telegram telegr tencent travis trello twilio twitch twitter typeform vault vercel vimeo
weatherapi webflow wordpress yandex youtube zapier zendesk zoom anthropic mistral pinecone huggingface replicate settlemint sourcegraph
scalingo cisco clickhouse clojars defined infracost intra intra42 octopus perplexity posthog prefect pulumi razorpay supabase cloudinary
nexmo vonage plivo braze mixpanel amplitude bugsnag honeybadger logdna papertrail loggly splunk fullstory optimizely contentstack
`);

/** A value beside these words is secret if it looks random. */
const strong = words(`
secret secrets token tokens apikey accesskey auth authorization oauth credential credentials cred creds bearer jwt signing signature
encryption session sessionid sess sid cookie csrf xsrf nonce webhook key keys salt hmac sas dsn access api client sig appkey authkey seed mnemonic
`);

/** A value beside these words is secret even if it doesn't look random. */
const passwords = words(`
password passwd passphrase pwd passcode pass passwort kennwort contraseña senha hasło пароль parola lösenord wachtwoord salasana şifre
密码 パスワード 비밀번호 otp pin cvv cvc cvv2
`);

/** A name with one of these words denotes something public. */
const harmless = words(`
commit sha hash digest etag integrity build version revision checksum class color icon font keyboard keyframes hotkey keycode primary foreign
sort cache chunk translation i18n label title placeholder selector style href src alt keyboardevent
`);

export type NameStrength = 'password' | 'strong' | 'service' | undefined;

const known = new Map<string, NameStrength>();
const knownLimit = 20_000;

/** Returns how strongly a name suggests that its value is secret. Accepts names in any case style, and in prose. */
export function strengthOfName(name: string): NameStrength {
  if (known.has(name)) return known.get(name);
  const strength = findStrength(name);
  if (known.size < knownLimit && name.length <= 60) known.set(name, strength);
  return strength;
}

function findStrength(name: string): NameStrength {
  const parts = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter((part) => part !== '')
    .slice(-6);
  if (parts.some((part) => passwords.has(part)) || /passw|パスワード|密码|mot ?de ?passe$/i.test(name))
    return 'password';
  if (parts.some((part) => harmless.has(part))) return undefined;
  if (parts.some((part) => strong.has(part)) || /(?:token|secret|apikey|key)$/i.test(name)) return 'strong';
  const joined = parts.join('');
  return parts.some((part) => services.has(part)) || services.has(joined) ? 'service' : undefined;
}
