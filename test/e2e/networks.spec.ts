import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeClientIdentity } from '../helpers/client-certificate';
import { postHogKey, postHogOf } from '../helpers/platform-samples';
import { listenAsConnectProxy } from '../helpers/proxy-listener';
import { startHttpsServer, testCa, testLeaf } from '../helpers/tls-server';
import { expect, test } from './casement';

/** A name that can't be resolved. Only the proxy knows its server. */
const host = 'posthog.invalid';

test('a proxy that a script names is asked for, with its password', async ({ desktop }) => {
  const ca = testCa();
  const { listener } = postHogOf({});
  const server = await startHttpsServer(testLeaf(ca, [host]), listener);
  const proxy = await listenAsConnectProxy(Number(new URL(server.origin).port), { login: 'jane:right' });
  const scripts = createServer((_, response) => {
    response.setHeader('content-type', 'application/x-ns-proxy-autoconfig');
    response.end(
      `function FindProxyForURL(url, host) { return host === '${host}' ? 'PROXY 127.0.0.1:${proxy.port}' : 'DIRECT'; }`,
    );
  });
  await new Promise<void>((resolve) => scripts.listen(0, '127.0.0.1', resolve));
  try {
    const { page } = await desktop.start();
    await page.getByRole('button', { name: 'Settings' }).click();
    const settings = page.getByRole('dialog', { name: 'Settings' });
    await settings.getByLabel('Proxy script').fill('proxy.pac');
    await settings.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(settings.getByText('Enter an address that starts with http://')).toBeVisible();
    const { port } = scripts.address() as AddressInfo;
    await settings.getByLabel('Proxy script').fill(`http://127.0.0.1:${port}/proxy.pac`);
    await settings.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(settings).toBeHidden();

    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add source' });
    await dialog.getByLabel('Name', { exact: true }).fill('Shop');
    await dialog.getByLabel('Address').fill(`https://${host}`);
    await dialog.getByLabel('Project number').fill('42');
    await dialog.getByLabel('Key', { exact: true }).fill(postHogKey);
    await dialog.getByText('Use a private CA').click();
    await dialog.getByLabel('CA certificate (PEM)').fill(ca.certPem);
    await dialog.getByRole('button', { name: 'Connect' }).click();

    const question = page.getByRole('dialog', { name: 'Sign in to the proxy' });
    await expect(question).toContainText(`The proxy 127.0.0.1:${proxy.port} requires a user name and password.`);
    await question.getByLabel('User name').fill('jane');
    await question.getByLabel('Password').fill('wrong');
    await question.getByRole('button', { name: 'Continue' }).click();
    await expect(question).toContainText('rejected the user name or password');
    await page.screenshot({ path: test.info().outputPath('proxy-login.png') });
    await question.getByLabel('Password').fill('right');
    await question.getByRole('button', { name: 'Continue' }).click();

    await expect(page.getByText('Key in keychain')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Sessions' }).getByText('jane@example.com')).toBeVisible();
    expect(proxy.asked).toContain(`${host}:443`);
  } finally {
    await proxy.close();
    scripts.close();
    await server.close();
  }
});

test('a client certificate and an extra header open a server behind a gateway', async ({ desktop }) => {
  const ca = testCa();
  const identity = makeClientIdentity('secret 1');
  const { listener } = postHogOf({});
  const server = await startHttpsServer(
    testLeaf(ca),
    (request, response) => {
      if (request.headers['cf-access-token'] === 'canary-1') return listener(request, response);
      response.writeHead(403, { 'content-type': 'text/html' }).end('<html>');
    },
    { requestCert: true, rejectUnauthorized: true, ca: [identity.certPem] },
  );
  try {
    const { page } = await desktop.start();
    await page.getByRole('button', { name: 'Add source' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add source' });
    await dialog.getByLabel('Name', { exact: true }).fill('Shop');
    await dialog.getByLabel('Address').fill(server.origin);
    await dialog.getByLabel('Project number').fill('42');
    await dialog.getByLabel('Key', { exact: true }).fill(postHogKey);
    await dialog.getByText('Use a private CA').click();
    await dialog.getByLabel('CA certificate (PEM)').fill(ca.certPem);
    await dialog.getByText('Gateway in front of the server').click();
    await dialog.getByLabel('Header', { exact: true }).fill('Authorization');
    await dialog.getByLabel('Value').fill('canary-1');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(dialog.getByText('Enter a header name that Casement doesn’t set itself')).toBeVisible();
    await dialog.getByLabel('Header', { exact: true }).fill('CF-Access-Token');
    await dialog.getByLabel('Client certificate').setInputFiles({
      name: 'agent.p12',
      mimeType: 'application/x-pkcs12',
      buffer: Buffer.from(identity.pkcs12.base64, 'base64'),
    });
    await dialog.getByLabel('Passphrase of the certificate').fill('wrong');
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(dialog.getByText('the passphrase is incorrect')).toBeVisible();
    await dialog.getByLabel('Passphrase of the certificate').fill('secret 1');
    await dialog.getByLabel('Key', { exact: true }).fill(postHogKey);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await expect(page.getByText('Key in keychain')).toBeVisible();
    await expect(page.getByRole('list', { name: 'Sessions' }).getByText('jane@example.com')).toBeVisible();
  } finally {
    await server.close();
  }
});
