import type { Application } from '../application';

export const sbAdmin: Application = {
  name: 'sb-admin',
  kind: 'dashboard with several pages and charts (SB Admin 2)',
  packages: ['startbootstrap-sb-admin-2'],
  root: { name: 'startbootstrap-sb-admin-2' },
  languages: ['en'],
  recordCanvas: true,
  start: '/login.html',
  async use(user, { person }) {
    await user.fill('#exampleInputEmail', person.email);
    await user.fill('#exampleInputPassword', person.password);
    await user.click('.custom-control-label');
    await user.click('a.btn-user');
    await user.until('#accordionSidebar');
    await user.click('#alertsDropdown');
    await user.click('#userDropdown');
    await user.press('Escape');
    await user.fill('.navbar-search input', person.other);
    await user.click('.navbar-search button');
    await user.pause(5000);
    await user.scroll(600);
    await user.open('/tables.html');
    await user.fill('#dataTable_filter input', 'Tokyo');
    await user.click('.paginate_button.next, #dataTable th:nth-child(2)');
    await user.click('#sidebarToggle');
    await user.open('/register.html');
    await user.fill('#exampleFirstName', person.name.split(' ')[0] ?? person.name);
    await user.fill('#exampleLastName', person.name.split(' ')[1] ?? person.name);
    await user.fill('#exampleInputEmail', person.email);
    await user.open('/charts.html');
    await user.page.reload({ waitUntil: 'domcontentloaded' });
    await user.pause(1500);
    await user.open('/nothing-here.html');
  },
};

const gentelellaParts = {
  packages: ['gentelella'],
  root: { name: 'gentelella', folder: 'dist/' },
  languages: ['en'],
} as const satisfies Partial<Application>;

export const gentelella: Application = {
  ...gentelellaParts,
  name: 'gentelella',
  kind: 'back office: contacts, orders, invoice, profile (Gentelella)',
  start: '/production/index.html',
  async use(user, { person }) {
    await user.until('body');
    await user.pause(2000);
    await user.scroll(700);
    await user.open('/production/contacts.html');
    await user.pause(1500);
    await user.clickAgain('h1, h2, h3', 4);
    await user.pause(5000);
    await user.open('/production/form.html');
    await user.pause(1500);
    for (const field of (await user.page.locator('main input[type=text]:visible').all()).slice(0, 1))
      await user.fill(field, person.name);
    await user.open('/production/orders.html');
    await user.pause(1500);
    await user.scroll(400);
    await user.open('/production/invoice.html');
    await user.pause(1500);
    await user.open('/production/settings.html');
    await user.pause(1500);
    for (const field of (await user.page.locator('input[type=email]:visible').all()).slice(0, 1))
      await user.fill(field, person.email);
    await user.page.goBack({ waitUntil: 'domcontentloaded' });
    await user.pause(1500);
  },
};

export const gentelellaPhone: Application = {
  ...gentelellaParts,
  name: 'gentelella-phone',
  kind: 'inbox, board and chat on a phone (Gentelella)',
  start: '/production/inbox.html',
  viewport: { width: 390, height: 800 },
  async use(user, { person }) {
    await user.pause(2000);
    await user.scroll(500);
    await user.page.setViewportSize({ width: 390, height: 740 });
    await user.open('/production/chat.html');
    await user.pause(1500);
    for (const field of (await user.page.locator('main input:visible, main textarea:visible').all()).slice(-1)) {
      await user.click(field);
      await user.type(person.message);
      await user.press('Enter');
    }
    await user.open('/production/kanban.html');
    await user.pause(1500);
    await user.drag([120, 300], [300, 420]);
    await user.page.setViewportSize({ width: 740, height: 390 });
    await user.pause(1000);
    await user.open('/production/verify_2fa.html');
    await user.pause(1500);
    for (const [index, field] of (await user.page.locator('input:visible').all()).slice(0, 6).entries()) {
      await user.click(field);
      await user.type(String((index * 7 + 3) % 10));
    }
    await user.open('/production/page_500.html');
    await user.pause(1500);
  },
};
