import { CasementError, errorSentence, errorTable, toErrorReply } from '../../../src-main/contract/errors';
import { logError } from './report-bugs';

interface ToastAction {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  tone: 'plain' | 'error';
  text: string;
  action?: ToastAction;
}

/** Long enough to read a sentence and to reach “Undo”. */
const stayMs = 8000;
const mostAtOnce = 4;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #nextId = 1;
  readonly #timers = new Map<number, number>();

  show(text: string, action?: ToastAction): void {
    this.#add('plain', text, action);
  }

  /** Shows an error, unless the user cancelled the work. */
  showError(thrown: unknown, action?: ToastAction): void {
    const reply = toErrorReply(thrown);
    if (errorTable[reply.code].kind === 'cancelled') return;
    if (reply.code === 'bug' && !(thrown instanceof CasementError)) logError(thrown);
    this.#add('error', errorSentence(reply), action);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Keeps a toast open while the user points at it or focuses it. */
  hold(id: number): void {
    window.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Restarts the time after which a toast closes. */
  startClock(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      window.setTimeout(() => this.dismiss(id), stayMs),
    );
  }

  #add(tone: Toast['tone'], text: string, action?: ToastAction): void {
    const id = this.#nextId++;
    const toast: Toast = action ? { id, tone, text, action } : { id, tone, text };
    for (const old of this.list.slice(0, Math.max(0, this.list.length + 1 - mostAtOnce))) this.dismiss(old.id);
    this.list = [...this.list, toast];
    this.startClock(id);
  }
}

export const toasts = new Toasts();
