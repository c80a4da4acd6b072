import { attributeChannels } from './attributes';
import { eventChannels } from './events';
import { pageChannels } from './pages';
import type { Channel } from './planted';
import { styleChannels } from './styles';
import { typingChannels } from './typing';

/** The places of a recording in which personal data sits, in the order of the list of channels. */
export const channels: readonly Channel[] = [
  ...typingChannels,
  ...pageChannels,
  ...attributeChannels,
  ...styleChannels,
  ...eventChannels,
].sort((a, b) => a.id.localeCompare(b.id));
