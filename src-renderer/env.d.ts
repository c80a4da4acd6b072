import type { Bridge } from '../src-main/contract/ipc';

declare global {
  interface Window {
    /** Made by the preload from the contract; only the shell's main frame has it. */
    readonly casement: Bridge;
  }
}
