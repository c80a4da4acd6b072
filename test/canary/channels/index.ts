import { attributeChannels } from './attributes';
import { eventChannels } from './events';
import { pageChannels } from './pages';
import type { Channel } from './planted';
import { styleChannels } from './styles';
import { typingChannels } from './typing';

/** The parts of a recording that can contain personal data, ordered by id. */
export const channels: readonly Channel[] = [
  ...typingChannels,
  ...pageChannels,
  ...attributeChannels,
  ...styleChannels,
  ...eventChannels,
].sort((a, b) => a.id.localeCompare(b.id));
