/**
 * The form of a service's tokens: a fixed prefix, then a number of characters of an alphabet. The services publish these forms, or every user
 * sees them. A form is tried at the start of a word of letters, digits and `_-.~+/=`, and after each punctuation character in it.
 */
export interface TokenForm {
  readonly service: string;
  /** The prefix: at least two characters, case-sensitive. */
  readonly begins: string;
  /** A regular expression for the rest, without anchors. */
  readonly rest: string;
}

const rows = `
aws|AKIA|[A-Z2-7]{16}
aws|ASIA|[A-Z2-7]{16}
aws|ABIA|[A-Z2-7]{16}
aws|ACCA|[A-Z2-7]{16}
aws|A3T|[A-Z0-9][A-Z2-7]{16}
aws bedrock|ABSK|[A-Za-z0-9+/]{100,280}={0,2}
aws bedrock|bedrock-api-key-|[A-Za-z0-9+/=]{12,400}
1password|A3-|[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
1password|ops_eyJ|[A-Za-z0-9+/_-]{100,4000}={0,3}
adobe|p8e-|[a-z0-9]{32}
age|AGE-SECRET-KEY-1|[A-Z0-9]{40,70}
airtable|pat|[A-Za-z0-9]{14}\\.[a-f0-9]{64}
alibaba|LTAI|[A-Za-z0-9]{12,26}
anthropic|sk-ant-|[A-Za-z0-9_-]{20,200}
artifactory|AKCp|[A-Za-z0-9]{20,110}
artifactory|cmVmd|[A-Za-z0-9]{40,80}
asana|1/|\\d{10,20}:[a-f0-9]{32}
atlassian|ATATT3|[A-Za-z0-9_=-]{30,220}
atlassian|ATCTT3|[A-Za-z0-9_=-]{30,220}
authress|sc_|[a-z0-9]{4,40}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}
authress|ext_|[a-z0-9]{4,40}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}
authress|authress_|[a-z0-9]{4,40}\\.[a-z0-9]{4,6}\\.acc[_-][a-z0-9-]{10,32}\\.[a-z0-9+/_=-]{30,120}
azure storage|AccountKey=|[A-Za-z0-9+/]{40,90}={0,2}
bitbucket|ATBB|[A-Za-z0-9]{20,40}
buildkite|bkua_|[a-z0-9]{30,50}
cisco meraki|MerakiKey|[a-z0-9]{40}
clickhouse|4b1d|[A-Za-z0-9]{38}
clojars|CLOJARS_|[a-zA-Z0-9]{40,70}
cloudflare|v1.0-|[a-f0-9]{24}-[a-f0-9]{100,160}
contentful|CFPAT-|[A-Za-z0-9_-]{40,50}
databricks|dapi|[a-f0-9]{32}(?:-\\d)?
digitalocean|doo_v1_|[a-f0-9]{64}
digitalocean|dop_v1_|[a-f0-9]{64}
digitalocean|dor_v1_|[a-f0-9]{64}
docker|dckr_pat_|[A-Za-z0-9_-]{20,60}
docker|dckr_oat_|[A-Za-z0-9_-]{20,60}
doppler|dp.pt.|[A-Za-z0-9]{40,44}
doppler|dp.st.|[A-Za-z0-9._-]{40,80}
doppler|dp.ct.|[A-Za-z0-9]{40,44}
duffel|duffel_test_|[A-Za-z0-9_=-]{40,50}
duffel|duffel_live_|[A-Za-z0-9_=-]{40,50}
dynatrace|dt0c01.|[A-Za-z0-9]{24}\\.[A-Za-z0-9]{64}
easypost|EZAK|[A-Za-z0-9]{54}
easypost|EZTK|[A-Za-z0-9]{54}
elastic|essu_|[A-Za-z0-9=_-]{40,120}
etsy|sl.|[A-Za-z0-9_=-]{130,152}
facebook|EAAM|[A-Za-z0-9]{20,400}
facebook|EAAC|[A-Za-z0-9]{20,400}
facebook|EAAB|[A-Za-z0-9]{20,400}
figma|figd_|[A-Za-z0-9_-]{36,60}
flutterwave|FLWPUBK_TEST-|[a-h0-9]{32}-X
flutterwave|FLWSECK_TEST-|[a-h0-9]{12,32}(?:-X)?
flutterwave|FLWPUBK-|[a-z0-9]{32}-X
flutterwave|FLWSECK-|[a-z0-9]{32}(?:-[a-z0-9]{1,20})?(?:-X)?
fly.io|fo1_|[A-Za-z0-9_-]{43}
fly.io|fm1r_|[A-Za-z0-9+/]{40,400}={0,3}
fly.io|fm1a_|[A-Za-z0-9+/]{40,400}={0,3}
fly.io|fm2_|[A-Za-z0-9+/]{40,700}={0,3}
frame.io|fio-u-|[A-Za-z0-9_=-]{64}
freemius|sk_|[A-Za-z0-9+/_=?!@#$%&.~^-]{29,40}
gocardless|live_|[A-Za-z0-9_=-]{40}
google|AIza|[A-Za-z0-9_-]{35}
google oauth|GOCSPX-|[A-Za-z0-9_-]{20,40}
google oauth|ya29.|[A-Za-z0-9_-]{20,400}
google refresh|1//|[A-Za-z0-9_-]{30,200}
github|ghp_|[A-Za-z0-9]{36}
github|gho_|[A-Za-z0-9]{36}
github|ghu_|[A-Za-z0-9]{36}
github|ghs_|[A-Za-z0-9]{36}
github|ghr_|[A-Za-z0-9]{36,76}
github|github_pat_|[A-Za-z0-9_]{22,100}
gitlab|glpat-|[A-Za-z0-9_.-]{20,60}
gitlab|gldt-|[A-Za-z0-9_-]{20,60}
gitlab|glrt-|[A-Za-z0-9_.-]{20,60}
gitlab|glrtr-|[A-Za-z0-9_.-]{20,60}
gitlab|glptt-|[A-Za-z0-9_-]{20,60}
gitlab|glcbt-|[A-Za-z0-9_-]{20,60}
gitlab|glft-|[A-Za-z0-9_-]{20,60}
gitlab|glsoat-|[A-Za-z0-9_-]{20,60}
gitlab|glffct-|[A-Za-z0-9_-]{20,60}
gitlab|glimt-|[A-Za-z0-9_-]{20,60}
gitlab|glagent-|[A-Za-z0-9_-]{20,70}
gitlab|gloas-|[A-Za-z0-9_-]{20,80}
gitlab|GR1348941|[A-Za-z0-9_-]{20,40}
gitlab|_gitlab_session=|[0-9a-z]{32}
grafana|glc_|[A-Za-z0-9+/]{32,400}={0,3}
grafana|glsa_|[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}
grafana|eyJrIjoi|[A-Za-z0-9+/]{60,400}={0,3}
groq|gsk_|[A-Za-z0-9]{40,60}
harness|pat.|[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}
harness|sat.|[A-Za-z0-9_-]{22}\\.[0-9a-f]{24}\\.[A-Za-z0-9]{20}
heroku|HRKU-|[A-Za-z0-9_-]{36,80}
hubspot|pat-na1-|[a-f0-9-]{36}
hubspot|pat-eu1-|[a-f0-9-]{36}
hugging face|hf_|[A-Za-z]{30,40}
hugging face|hf_|[A-Za-z0-9]{34,40}
hugging face|api_org_|[A-Za-z]{34}
infracost|ico-|[A-Za-z0-9]{32}
intra42|s-s4t2ud-|[a-f0-9]{64}
intra42|s-s4t2af-|[a-f0-9]{64}
langchain|lsv2_pt_|[a-f0-9]{32}_[a-f0-9]{10}
langchain|lsv2_sk_|[a-f0-9]{32}_[a-f0-9]{10}
launchdarkly|sdk-|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}
launchdarkly|api-|[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}
linear|lin_api_|[A-Za-z0-9]{40}
linear|lin_oauth_|[A-Za-z0-9]{40,64}
lob|live_|[a-f0-9]{35}
lob|test_|[a-f0-9]{35}
lob|test_pub_|[a-f0-9]{31}
lob|live_pub_|[a-f0-9]{31}
mailchimp|mc-|[a-f0-9]{32}
mailgun|key-|[a-f0-9]{32}
mailgun|pubkey-|[a-f0-9]{32}
mapbox|pk.|[A-Za-z0-9]{60}\\.[A-Za-z0-9]{22}
mapbox|pk.eyJ|[A-Za-z0-9_-]{40,200}\\.[A-Za-z0-9_-]{20,40}
mapbox|sk.eyJ|[A-Za-z0-9_-]{40,200}\\.[A-Za-z0-9_-]{20,40}
maxmind|mmk|[A-Za-z0-9_]{40,60}
maxmind|_mmk|[A-Za-z0-9_]{1,60}
microsoft teams|webhookb2/|[A-Za-z0-9@/-]{60,200}
netlify|nfp_|[A-Za-z0-9]{36,50}
new relic|NRAK-|[A-Za-z0-9]{27}
new relic|NRJS-|[a-f0-9]{19}
new relic|NRII-|[A-Za-z0-9-]{32}
notion|ntn_|[A-Za-z0-9]{40,60}
notion|secret_|[A-Za-z0-9]{43}
npm|npm_|[A-Za-z0-9]{36}
nuget|oy2|[a-z0-9]{43}
octopus|API-|[A-Z0-9]{26}
okta|00|[A-Za-z0-9_-]{40}
openai|sk-proj-|[A-Za-z0-9_-]{20,220}
openai|sk-svcacct-|[A-Za-z0-9_-]{20,220}
openai|sk-admin-|[A-Za-z0-9_-]{20,220}
openai|sk-|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}
openai|sk-|[A-Za-z0-9]{32,64}
openrouter|sk-or-v1-|[a-f0-9]{64}
openshift|sha256~|[A-Za-z0-9_-]{43}
paypal|access_token$production$|[a-z0-9]{16}\\$[a-f0-9]{32}
perplexity|pplx-|[A-Za-z0-9]{40,60}
plaid|access-sandbox-|[a-f0-9-]{36}
plaid|access-development-|[a-f0-9-]{36}
plaid|access-production-|[a-f0-9-]{36}
planetscale|pscale_tkn_|[A-Za-z0-9=._-]{32,64}
planetscale|pscale_oauth_|[A-Za-z0-9=._-]{32,64}
planetscale|pscale_pw_|[A-Za-z0-9=._-]{32,64}
posthog|phc_|[A-Za-z0-9]{32,60}
posthog|phx_|[A-Za-z0-9]{32,60}
posthog|phs_|[A-Za-z0-9]{32,60}
postman|PMAK-|[a-f0-9]{24}-[a-f0-9]{34}
prefect|pnu_|[A-Za-z0-9]{36}
prefect|pnb_|[A-Za-z0-9]{36}
pulumi|pul-|[a-f0-9]{40}
pypi|pypi-|[A-Za-z0-9_-]{50,1000}
razorpay|rzp_live_|[A-Za-z0-9]{14}
razorpay|rzp_test_|[A-Za-z0-9]{14}
readme|rdme_|[a-z0-9]{70}
replicate|r8_|[A-Za-z0-9]{37,40}
rubygems|rubygems_|[a-f0-9]{48}
scalingo|tk-us-|[A-Za-z0-9_-]{48}
sendgrid|SG.|[A-Za-z0-9=_.-]{60,72}
sendinblue|xkeysib-|[a-f0-9]{64}-[A-Za-z0-9]{16}
sendinblue|xsmtpsib-|[a-f0-9]{64}-[A-Za-z0-9]{16}
sentry|sntrys_eyJ|[A-Za-z0-9+/=_]{60,600}
sentry|sntryu_|[a-f0-9]{64}
settlemint|sm_aat_|[A-Za-z0-9]{16}
settlemint|sm_pat_|[A-Za-z0-9]{16}
settlemint|sm_sat_|[A-Za-z0-9]{16}
shippo|shippo_live_|[a-f0-9]{40}
shippo|shippo_test_|[a-f0-9]{40}
shopify|shpat_|[A-Fa-f0-9]{32}
shopify|shpca_|[A-Fa-f0-9]{32}
shopify|shppa_|[A-Fa-f0-9]{32}
shopify|shpss_|[A-Fa-f0-9]{32}
slack|xoxb-|[A-Za-z0-9-]{10,120}
slack|xoxp-|[A-Za-z0-9-]{10,140}
slack|xoxe-|[A-Za-z0-9-]{10,200}
slack|xoxe.xoxb-|[A-Za-z0-9-]{10,220}
slack|xoxe.xoxp-|[A-Za-z0-9-]{10,220}
slack|xoxa-|[A-Za-z0-9-]{10,120}
slack|xoxr-|[A-Za-z0-9-]{10,120}
slack|xoxo-|[A-Za-z0-9-]{10,120}
slack|xoxs-|[A-Za-z0-9-]{10,120}
slack|xoxc-|[A-Za-z0-9-]{10,160}
slack|xoxd-|[A-Za-z0-9%+/=-]{10,300}
slack|xapp-|[A-Za-z0-9-]{20,160}
slack|hooks.slack.com/|(?:services|workflows|triggers)/[A-Za-z0-9+/]{20,80}
sonarqube|squ_|[A-Za-z0-9=_-]{40}
sonarqube|sqp_|[A-Za-z0-9=_-]{40}
sonarqube|sqa_|[A-Za-z0-9=_-]{40}
sourcegraph|sgp_|[A-Za-z0-9_-]{40,90}
sourcegraph|slk_|[a-f0-9]{64}
square|sq0atp-|[A-Za-z0-9_-]{22}
square|sq0csp-|[A-Za-z0-9_-]{43}
square|sq0idp-|[A-Za-z0-9_-]{22}
square|EAAA|[A-Za-z0-9_+/=-]{22,80}
stripe|sk_live_|[A-Za-z0-9]{10,120}
stripe|sk_test_|[A-Za-z0-9]{10,120}
stripe|sk_prod_|[A-Za-z0-9]{10,120}
stripe|rk_live_|[A-Za-z0-9]{10,120}
stripe|rk_test_|[A-Za-z0-9]{10,120}
stripe|rk_prod_|[A-Za-z0-9]{10,120}
stripe|pk_live_|[A-Za-z0-9]{10,120}
stripe|pk_test_|[A-Za-z0-9]{10,120}
stripe|whsec_|[A-Za-z0-9+/=]{20,80}
supabase|sbp_|[a-f0-9]{40}
supabase|sb_secret_|[A-Za-z0-9_-]{20,60}
tailscale|tskey-|[a-z]{3,10}-[A-Za-z0-9_-]{20,80}
telegram|AA|[A-Za-z0-9_-]{33}
terraform|atlasv1.|[A-Za-z0-9_=-]{40,80}
twilio|AC|[a-f0-9]{32}
twilio|SK|[a-f0-9]{32}
twitter|AAAAAAAAAAAAAAAAAAAAA|[A-Za-z0-9%]{60,100}
typeform|tfp_|[A-Za-z0-9_.=-]{40,70}
vault|hvs.|[A-Za-z0-9_-]{20,140}
vault|hvb.|[A-Za-z0-9_-]{60,300}
vault|hvr.|[A-Za-z0-9_-]{20,140}
vault|s.|[A-Za-z0-9]{24}
vercel|vcp_|[A-Za-z0-9]{20,60}
volcengine|AKLT|[A-Za-z0-9+/=_-]{40,80}
xai|xai-|[A-Za-z0-9]{60,90}
yandex|AQVN|[A-Za-z0-9_-]{35,38}
yandex|YCAJE|[A-Za-z0-9_-]{34,40}
yandex|YC|[A-Za-z0-9_-]{38}
yandex|t1.|[A-Z0-9a-z_-]{5,300}[=]{0,2}\\.[A-Z0-9a-z_-]{86}[=]{0,2}
zapier|hooks.zapier.com/hooks/catch/|\\d{5,12}/[a-z0-9]{5,12}
discord|discord.com/api/webhooks/|\\d{15,22}/[A-Za-z0-9_-]{50,90}
discord|discordapp.com/api/webhooks/|\\d{15,22}/[A-Za-z0-9_-]{50,90}
sentry|https://|[a-f0-9]{32}(?::[a-f0-9]{32})?@[a-z0-9.-]{4,60}/\\d{1,12}
endor labs|endr+|[A-Za-z0-9-]{16}
defined networking|dnkey-|[a-z0-9=_-]{26}-[a-z0-9=_-]{52}
kubernetes bootstrap|kubeconfig-|[a-z0-9:-]{20,100}
sidekiq|cafebabe:|deadbeef
gcp service|private_key_id|["':\\s]{1,6}[a-f0-9]{40}
`;

export const tokenForms: readonly TokenForm[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [service = '', begins = ''] = row.split('|', 2);
    return { service, begins, rest: row.slice(service.length + begins.length + 2) };
  });
