import type { Application, Scene } from '../application';
import { directionOf, labelsOf } from '../languages';

const shopHead = ({ language }: Scene, title: string, styles: readonly string[]): string =>
  `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
<style>body { margin: 0; font-family: sans-serif } .shop { padding: 16px } .goods { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 12px }</style></head>`;

const goods = `const goods = Array.from({ length: 12 }, (_, i) => ({ id: i, name: labels.details + ' ' + (i + 1), price: 19.9 + i * 7 }));`;
const sharedScript = (scene: Scene): string =>
  `const labels = ${JSON.stringify(labelsOf(scene.language))}; const scene = ${JSON.stringify(scene)}; ${goods}`;

/** Answers an order with the reason why the card was refused, then a second one with success. */
const answerShop: Application['answer'] = ({ path, body }) => {
  if (path !== '/api/orders') return undefined;
  return body.includes('"retry":true')
    ? { status: 201, body: { id: 'B-77120' } }
    : { status: 402, body: { error: 'card' } };
};

const elementLocales: Readonly<Record<string, string>> = { zh: 'zh-cn', pt: 'pt-br' };

export const elementShop: Application = {
  name: 'element-shop',
  kind: 'shop (Vue, Element Plus)',
  packages: ['vue', 'element-plus'],
  languages: ['zh', 'de', 'ru', 'ar'],
  pages: (scene) => {
    const locale = elementLocales[scene.language] ?? scene.language;
    const titled = locale.replace(
      /(^|-)([a-z])/g,
      (_, dash: string, letter: string) => (dash === '-' ? '' : '') + letter.toUpperCase(),
    );
    return {
      '/': `${shopHead(scene, labelsOf(scene.language).home, ['/npm/element-plus/dist/index.css'])}<body><div id="app" class="shop"></div>
<script src="/npm/vue/dist/vue.global.prod.js"></script><script src="/npm/element-plus/dist/index.full.min.js"></script>
<script src="/npm/element-plus/dist/locale/${locale}.min.js"></script>
<script>${sharedScript(scene)}
const app = Vue.createApp({
  data: () => ({ labels, goods, cart: [], isOpen: false, day: '', form: { name: '', email: '', address: '', card: '', gift: false, retry: false } }),
  computed: { total() { return this.cart.reduce((sum, { price }) => sum + price, 0).toFixed(2); } },
  methods: {
    add(item) { this.cart.push(item); ElementPlus.ElMessage(item.name); },
    async order() {
      const reply = await fetch('/api/orders', { method: 'POST', body: JSON.stringify({ ...this.form, total: this.total }) });
      if (reply.ok) ElementPlus.ElNotification({ title: labels.saved, message: this.form.name + ' ' + (await reply.json()).id, duration: 0 });
      else { ElementPlus.ElMessage.error(labels.failed); console.warn('payment refused', reply.status, this.form.email); }
      this.form.retry = true;
    },
  },
  template: \`<el-menu mode="horizontal"><el-menu-item index="1">{{ labels.home }}</el-menu-item><el-menu-item index="2">{{ labels.orders }}</el-menu-item></el-menu>
    <div class="goods"><el-card v-for="item in goods" :key="item.id"><h3>{{ item.name }}</h3><p>{{ item.price.toFixed(2) }}</p>
      <el-button type="primary" class="add" @click="add(item)">{{ labels.save }}</el-button></el-card></div>
    <el-badge :value="cart.length"><el-button class="open" @click="isOpen = true">{{ labels.total }}: {{ total }}</el-button></el-badge>
    <el-drawer v-model="isOpen" :title="labels.orders" size="420px"><el-form label-position="top" class="pay">
      <el-form-item :label="labels.name"><el-input v-model="form.name" class="f-name"/></el-form-item>
      <el-form-item :label="labels.email"><el-input v-model="form.email" class="f-email"/></el-form-item>
      <el-form-item :label="labels.address"><el-input v-model="form.address" type="textarea" class="f-address"/></el-form-item>
      <el-form-item :label="labels.card"><el-input v-model="form.card" class="f-card"/></el-form-item>
      <el-form-item :label="labels.details"><el-switch v-model="form.gift" class="f-gift"/><el-date-picker v-model="day" class="f-day"/></el-form-item>
      <p>{{ form.name }} {{ form.address }}</p>
      <el-button type="primary" class="order" @click="order">{{ labels.send }}</el-button></el-form></el-drawer>\`,
});
app.use(ElementPlus, { locale: window['ElementPlusLocale${titled}'] });
app.mount('#app');</script></body></html>`,
    };
  },
  answer: answerShop,
  async use(user, { person }) {
    await user.click('.add');
    await user.click('.goods > :nth-child(3) .add');
    await user.clickAgain('.goods > :nth-child(5) .add', 4);
    await user.scroll(300);
    await user.clickAgain('.goods h3', 2);
    await user.pause(5000);
    await user.click('.open');
    await user.fill('.f-name input', person.name);
    await user.fill('.f-email input', person.email);
    await user.fill('.f-address textarea', `${person.street}, ${person.city}`);
    await user.fill('.f-card input', person.card);
    await user.click('.f-gift');
    await user.click('.order');
    await user.pause(2500);
    await user.click('.order');
    await user.pause(2500);
    await user.press('Escape');
  },
};

export const vantShop: Application = {
  name: 'vant-shop',
  kind: 'mobile shop (Vue, Vant)',
  packages: ['vue', 'vant'],
  languages: ['ja', 'uk', 'zh'],
  viewport: { width: 390, height: 760 },
  pages: (scene) => ({
    '/': `${shopHead(scene, labelsOf(scene.language).home, ['/npm/vant/lib/index.css'])}<body><div id="app"></div>
<script src="/npm/vue/dist/vue.global.prod.js"></script><script src="/npm/vant/lib/vant.min.js"></script>
<script>${sharedScript(scene)}
const app = Vue.createApp({
  data: () => ({ labels, goods, tab: 0, count: 1, isOpen: false, form: { name: '', tel: '', address: '', password: '', retry: false } }),
  methods: { async order() {
    const reply = await fetch('/api/orders?tel=' + encodeURIComponent(this.form.tel), { method: 'POST', body: JSON.stringify(this.form) });
    vant.showToast(reply.ok ? labels.saved : labels.failed);
    this.form.retry = true;
  } },
  template: \`<van-nav-bar :title="labels.orders" :left-text="labels.home"/>
    <van-tabs v-model:active="tab"><van-tab :title="labels.home"><van-swipe :autoplay="3000" style="height:120px;background:#def">
      <van-swipe-item v-for="item in goods.slice(0, 3)" :key="item.id">{{ item.name }}</van-swipe-item></van-swipe>
      <van-card v-for="item in goods" :key="item.id" :title="item.name" :price="item.price.toFixed(2)" num="1" @click="isOpen = true"/></van-tab>
    <van-tab :title="labels.customers"><van-form @submit="order" class="pay">
      <van-field v-model="form.name" name="n" :label="labels.name" class="f-name"/><van-field v-model="form.tel" name="t" type="tel" :label="labels.phone" class="f-tel"/>
      <van-field v-model="form.address" name="a" type="textarea" :label="labels.address" class="f-address"/>
      <van-field v-model="form.password" name="p" type="password" :label="labels.password" class="f-password"/>
      <van-button round block type="primary" native-type="submit" class="order">{{ labels.send }}</van-button></van-form></van-tab></van-tabs>
    <van-action-sheet v-model:show="isOpen" :title="labels.details"><div style="padding:16px"><van-stepper v-model="count"/> {{ count * 19 }}</div></van-action-sheet>
    <van-tabbar><van-tabbar-item icon="home-o">{{ labels.home }}</van-tabbar-item><van-tabbar-item icon="search">{{ labels.search }}</van-tabbar-item></van-tabbar>\`,
});
app.use(vant);
app.mount('#app');</script></body></html>`,
  }),
  answer: answerShop,
  async use(user, { person }) {
    await user.pause(7000);
    await user.scroll(500);
    await user.click('.van-card');
    await user.clickAgain('.van-stepper__plus', 5);
    await user.click('.van-action-sheet__close');
    await user.pause(800);
    await user.page.evaluate(() => scrollTo(0, 0));
    await user.click('.van-tab:nth-of-type(2)');
    await user.fill('.f-name input', person.name);
    await user.fill('.f-tel input', person.phone);
    await user.fill('.f-address textarea', person.street);
    await user.fill('.f-password input', person.password);
    await user.click('.order');
    await user.pause(3000);
    await user.click('.order');
    await user.pause(3000);
    await user.click('.van-tabbar-item:nth-child(2)');
  },
};

const antLocales: Readonly<Record<string, string>> = { en: 'en_US', vi: 'vi_VN', ko: 'ko_KR' };

export const antHelpdesk: Application = {
  name: 'ant-helpdesk',
  kind: 'help desk (React, Ant Design)',
  packages: ['react', 'react-dom', 'dayjs', 'antd'],
  languages: ['en', 'vi', 'ko'],
  pages: (scene) => ({
    '/': `${shopHead(scene, labelsOf(scene.language).help, ['/npm/antd/dist/reset.css'])}<body><div id="app" class="shop"></div>
<script src="/npm/react/umd/react.production.min.js"></script><script src="/npm/react-dom/umd/react-dom.production.min.js"></script>
<script src="/npm/dayjs/dayjs.min.js"></script><script src="/npm/antd/dist/antd-with-locales.min.js"></script>
<script>${sharedScript(scene)}
const { ConfigProvider, Table, Button, Modal, Form, Input, Tabs, Select, Tag, notification } = antd;
const h = React.createElement;
const rows = Array.from({ length: 30 }, (_, i) => ({ key: i, id: 'T-' + (500 + i), name: i % 2 ? scene.person.other : scene.person.city, state: i % 3 ? 'open' : 'closed' }));
function App() {
  const [shown, setShown] = React.useState(null);
  const [form] = Form.useForm();
  const send = async () => {
    const values = await form.validateFields();
    const reply = await fetch('/api/tickets/' + shown.id, { method: 'PUT', body: JSON.stringify(values) });
    if (reply.ok) notification.success({ message: labels.saved, description: values.name, duration: 0 });
    setShown(null);
  };
  const columns = [{ title: '#', dataIndex: 'id', sorter: (a, b) => a.id.localeCompare(b.id) }, { title: labels.name, dataIndex: 'name' },
    { title: labels.details, dataIndex: 'state', render: (state) => h(Tag, null, state) },
    { title: labels.message, render: (_, row) => h(Button, { className: 'answer', onClick: () => setShown(row) }, labels.send) }];
  return h(ConfigProvider, { locale: antd.locales && antd.locales['${antLocales[scene.language] ?? 'en_US'}'] },
    h(Tabs, { items: [{ key: 'a', label: labels.orders, children: h(Table, { columns, dataSource: rows }) }, { key: 'b', label: labels.help, children: labels.help }] }),
    h(Modal, { open: shown !== null, title: shown && shown.id, onOk: send, onCancel: () => setShown(null) },
      h(Form, { form, layout: 'vertical' },
        h(Form.Item, { name: 'name', label: labels.name, rules: [{ required: true }] }, h(Input, { className: 'f-name' })),
        h(Form.Item, { name: 'email', label: labels.email, rules: [{ type: 'email' }] }, h(Input, { className: 'f-email' })),
        h(Form.Item, { name: 'message', label: labels.message }, h(Input.TextArea, { className: 'f-message' })),
        h(Form.Item, { name: 'kind', label: labels.details }, h(Select, { className: 'f-kind', options: [{ value: 'a', label: labels.phone }, { value: 'b', label: labels.card }] })))));
}
ReactDOM.createRoot(document.getElementById('app')).render(h(App));</script></body></html>`,
  }),
  answer: ({ path }) => (path.startsWith('/api/tickets/') ? { body: { ok: true } } : undefined),
  async use(user, { person }) {
    await user.click('.ant-table-column-sorters');
    await user.click('.ant-pagination-item-2');
    await user.click('.answer');
    await user.click('.ant-modal-footer .ant-btn-primary');
    await user.fill('.f-name', person.name);
    await user.fill('.f-email', person.email.replace('@', ' at '));
    await user.fill('.f-email', person.email);
    await user.fill('.f-message', person.message);
    await user.click('.f-kind .ant-select-selector, .f-kind');
    await user.click('.ant-select-item-option');
    await user.click('.ant-modal-footer .ant-btn-primary');
    await user.pause(2000);
    await user.clickAgain('.ant-tag', 4);
    await user.pause(5000);
    await user.click('.ant-tabs-tab:nth-child(2)');
  },
};
