import type { Reply, Asked, Scene } from './application';
import { directionOf, labelsOf } from './languages';
import type { User } from './user';

/** A component, and the page around it. */
export interface OfficePage {
  title: string;
  styles?: readonly string[];
  scripts?: readonly string[];
  modules?: readonly string[];
  /** The component's markup. */
  body: string;
  /** The page's own script. It runs after the others, and may use `labels` and `scene`. */
  script: string;
  css?: string;
}

/**
 * Returns a page of a small back office: a header with navigation, the component, and a form for a customer. The form is sent to
 * `/api/customers`.
 */
export function officePage(
  scene: Scene,
  { title, styles = [], scripts = [], modules = [], body, script, css = '' }: OfficePage,
): string {
  const labels = labelsOf(scene.language);
  const links = styles.map((href) => `<link rel="stylesheet" href="${href}">`);
  const sources = [
    ...scripts.map((src) => `<script src="${src}"></script>`),
    ...modules.map((src) => `<script type="module" src="${src}"></script>`),
  ];
  const field = (name: 'name' | 'email' | 'phone' | 'address' | 'city', type: string): string =>
    `<label>${labels[name]} <input name="${name}" type="${type}" autocomplete="off"></label>`;
  return `<!doctype html>
<html lang="${scene.language}" dir="${directionOf(scene.language)}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${links.join('\n')}
<style>
body { margin: 0; font: 15px/1.5 sans-serif; color: #223 }
.bar { display: flex; gap: 20px; align-items: center; padding: 10px 16px; background: #24405e; color: #fff }
.bar a { color: #fff; text-decoration: none }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 16px; padding: 16px; align-items: start }
.customer label { display: block; margin-bottom: 8px } .customer input, .customer textarea { width: 100%; box-sizing: border-box }
@media (max-width: 700px) { .columns { grid-template-columns: minmax(0, 1fr) } .bar a + a { display: none } }
${css}
</style></head><body>
<header class="bar"><strong>${title}</strong><a href="#home">${labels.home}</a><a href="#orders">${labels.orders}</a>
<a href="#customers">${labels.customers}</a><input class="find" type="search" placeholder="${labels.search}"></header>
<main class="columns"><section id="component">${body}</section>
<form class="customer" novalidate><h2>${labels.customers}</h2><p class="known">${scene.person.other}</p>
${field('name', 'text')}${field('email', 'email')}${field('phone', 'tel')}${field('address', 'text')}${field('city', 'text')}
<label>${labels.message} <textarea name="message" rows="3"></textarea></label>
<label><input type="checkbox" name="terms" style="width:auto"> ${labels.details}</label>
<button class="save">${labels.save}</button> <button type="button" class="idle">${labels.help}</button>
<output class="result"></output></form></main>
<script>
const labels = ${JSON.stringify(labels)};
const scene = ${JSON.stringify(scene)};
document.querySelector('.customer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const result = document.querySelector('.result');
  const data = Object.fromEntries(new FormData(event.target));
  try {
    const response = await fetch('/api/customers?name=' + encodeURIComponent(data.name), {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(data),
    });
    if (!response.ok) throw new Error('status ' + response.status + ' for ' + data.email);
    const saved = await response.json();
    result.textContent = labels.saved + ': ' + saved.name + ' (' + saved.id + ')';
    console.info('saved customer', saved.id, saved.name);
  } catch (error) {
    result.textContent = labels.failed;
    console.error(error);
  }
});
</script>
${sources.join('\n')}
<script>${script}</script>
</body></html>`;
}

/** Answers the requests of an office page. The first customer whose form is sent is refused with 422. */
export function answerOffice({ method, path, body }: Asked): Reply | undefined {
  if (method !== 'POST' || path !== '/api/customers') return undefined;
  const customer = JSON.parse(body) as Record<string, string>;
  if (!customer.terms) return { status: 422, body: { error: 'terms' } };
  return { status: 201, body: { id: 'K-20417', ...customer } };
}

/** Fills in the customer's form, sends it without and with the needed consent, and clicks a button that does nothing. */
export async function enterCustomer(user: User, { person }: Scene): Promise<void> {
  await user.fill('.customer [name=name]', person.name);
  await user.fill('.customer [name=email]', person.email);
  await user.fill('.customer [name=phone]', person.phone);
  await user.fill('.customer [name=address]', person.street);
  await user.fill('.customer [name=city]', person.city);
  await user.fill('.customer [name=message]', person.message);
  await user.click('.customer .save');
  await user.pause(1500);
  await user.click('.customer [name=terms]');
  await user.click('.customer .save');
  await user.pause(1500);
  await user.click('.customer .idle');
  await user.pause(5000);
  await user.click('.bar a');
}
