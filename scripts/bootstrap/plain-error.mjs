/** What a person has to do something about: one plain sentence with a way on. It is shown without a stack. */
export class PlainError extends Error {
  /** @override */
  name = 'PlainError';
}

/**
 * The text to show for anything that was thrown.
 * @param {unknown} thrown
 * @returns {string}
 */
export function describeThrown(thrown) {
  if (thrown instanceof PlainError) return thrown.message;
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}

/**
 * Runs the body of a command; a failure becomes its sentence on stderr and exit code 1.
 * @param {() => Promise<number | void>} body resolves to the exit code, 0 when it says none
 */
export async function runCommand(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(`${describeThrown(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * Tells what is going on. Always stderr: the command line's stdout is data.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
