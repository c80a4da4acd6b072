import { checkClientCertificate } from '../../src-main/node/transport/client-certificate';
import { listenForRedirect, registeredRedirectUri } from '../../src-main/node/sign-in/loopback';
import { makeSignInSecrets } from '../../src-main/node/sign-in/secrets';
import { Gateways } from '../../src-main/services/gateways';
import type { Keys } from '../../src-main/services/keys';
import { SignIns } from '../../src-main/services/sign-ins';

type SignInPorts = ConstructorParameters<typeof SignIns>[0];

/** The parts of `Connections` for sign-ins and gateways, as the app creates them. Without changes, no sign-in can be started. */
export function signInParts(keys: Keys, change: Partial<SignInPorts> = {}) {
  return {
    gateways: new Gateways(keys, checkClientCertificate),
    signIns: new SignIns({
      keys,
      now: Date.now,
      openInBrowser: () => Promise.reject(new Error('no browser')),
      makeSecrets: makeSignInSecrets,
      listen: listenForRedirect,
      registeredRedirectUri,
      ...change,
    }),
    openAuthorizationServer: () => undefined,
  };
}
