import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './casement';

const element = (id: number, tagName: string, attributes: object, childNodes: object[] = []): object => ({
  type: 2,
  id,
  tagName,
  attributes,
  childNodes,
});

test('a session lists the files that its recording only refers to', async ({ desktop }) => {
  const file = join(desktop.exchange, 'recording.json');
  const head = element(3, 'head', {}, [
    element(4, 'link', { rel: 'stylesheet', href: 'https://cdn.example/main.css' }),
  ]);
  const images = [5, 6].map((id) => element(id, 'img', { src: `https://cdn.example/product-${id}.png?token=secret` }));
  const page = {
    type: 0,
    id: 1,
    childNodes: [element(2, 'html', {}, [head, element(7, 'body', {}, images)])],
  };
  const events = [
    { type: 4, data: { href: 'https://shop.example/account?x=1', width: 800, height: 600 }, timestamp: 1000 },
    { type: 2, data: { node: page, initialOffset: { left: 0, top: 0 } }, timestamp: 1010 },
    { type: 3, data: { source: 3, id: 1, x: 0, y: 0 }, timestamp: 6000 },
  ];
  writeFileSync(file, JSON.stringify(events), { mode: 0o644 });
  const { page: window } = await desktop.start({ args: [file] });
  await window.getByRole('button', { name: 'Not recorded: 2 images, 1 style sheet' }).click();
  const list = window.getByRole('region', { name: 'Not in the recording' });
  await expect(list).toContainText('shop.example/account');
  await expect(list).toContainText('https://cdn.example/product-5.png');
  await expect(list).not.toContainText('secret');
});
